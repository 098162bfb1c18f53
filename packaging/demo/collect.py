"""Collects recorded SDK requests into `resources/demo/traffic.jsonl.zst`, and trains a dictionary on them.

    python packaging/demo/collect.py CORPUS

CORPUS is a folder of recordings: one folder a scenario, in it `NNN.json` (method, path, query, headers) and
`NNN.body` (as it came over the wire). Bodies are kept decoded, as base64 in JSON lines.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import zstandard

from vedette.domain.outcomes import IngestError
from vedette.protocol.auth import read_auth
from vedette.protocol.encodings import decode, normalise_encoding

OUT = Path(__file__).resolve().parents[2] / "resources"
LIMIT = 64 * 1024 * 1024
DICTIONARY_SIZE = 64 * 1024

# scenario: how often it is replayed over the demo's day
SCENARIOS = {
    "web-django-nplus1": 6,
    "web-flask-fastapi-distributed": 5,
    "py-shop-rich": 34,
    "py-shop-chained": 11,
    "py-shop-group": 4,
    "py-shop-threads": 3,
    "py-shop-flags": 9,
    "py-shop-attachments": 2,
    "py-shop-message": 14,
    "py-shop-logging": 7,
    "py-shop-unhandled": 5,
    "py-shop-tracing": 12,
    "py-shop-asyncio": 6,
    "py-shop-recursion": 2,
    "py-shop-client-reports": 1,
    "py-shop-ai": 3,
    "node11-cafe-cause": 8,
    "node11-cafe-spans": 9,
    "node11-cafe-aggregate": 3,
    "node11-cafe-messages": 5,
    "node11-cafe-uncaught": 4,
    "node11-express-app-bicycle": 5,
    "browser-garden11-errors": 17,
    "browser-garden11-pageload": 8,
    "browser-react11-go": 6,
    "go-shop": 4,
    "ruby-frigate": 5,
}
PROJECTS = {
    2: ("shop-api", "Shop API", "python"),
    4: ("shop-web", "Shop web", "python"),
    5: ("depot", "Depot", "python"),
    7: ("cafe", "Café", "node"),
    8: ("bicycle", "Bicycle", "node"),
    11: ("garden", "Garden", "javascript"),
    13: ("go-shop", "Go shop", "go"),
    14: ("frigate", "Frigate", "ruby"),
}


def requests(scenario: Path) -> list[dict[str, Any]]:
    """Return the scenario's envelope and store requests, decoded."""
    found = []
    for file in sorted(scenario.glob("[0-9][0-9][0-9].json")):
        recorded = json.loads(file.read_text())
        parts = [part for part in recorded["path"].split("/") if part]
        if recorded["method"] != "POST" or len(parts) != 3 or parts[2] not in ("envelope", "store"):
            continue
        headers = {name.lower(): value for name, value in recorded["headers"]}
        auth = read_auth(headers, parse_qsl(recorded.get("query") or ""))
        body = (scenario / recorded["body_file"]).read_bytes()
        found.append(
            {
                "scenario": scenario.name,
                "repeat": SCENARIOS[scenario.name],
                "t": recorded["t"],
                "project": int(parts[1]),
                "endpoint": parts[2],
                "path": recorded["path"],
                "client": auth.client if auth else "",
                "key": auth.public_key if auth else None,
                "content_type": headers.get("content-type"),
                "user_agent": headers.get("user-agent"),
                "body": base64.b64encode(
                    decode(body, normalise_encoding(headers.get("content-encoding")), LIMIT)
                ).decode(),
            }
        )
    return found


def main() -> int:
    corpus = Path(sys.argv[1])
    lines = [json.dumps({"projects": PROJECTS}, ensure_ascii=False)]
    samples = []
    for name in SCENARIOS:
        lines.extend(json.dumps(request) for request in requests(corpus / name))
    for scenario in sorted(corpus.iterdir()):
        if (scenario / "MANIFEST.json").exists():
            for file in sorted(scenario.glob("[0-9][0-9][0-9].body")):
                headers = {
                    n.lower(): v for n, v in json.loads(file.with_suffix(".json").read_text())["headers"]
                }
                try:
                    body = decode(
                        file.read_bytes(), normalise_encoding(headers.get("content-encoding")), LIMIT
                    )
                except IngestError as error:
                    print(f"left out {file}: {error}")
                    continue
                if 200 < len(body) < 64 * 1024:
                    samples.append(body)
    text = "\n".join(lines).encode()
    (OUT / "demo").mkdir(exist_ok=True)
    (OUT / "demo" / "traffic.jsonl.zst").write_bytes(zstandard.ZstdCompressor(level=19).compress(text))
    dictionary = zstandard.train_dictionary(DICTIONARY_SIZE, samples, level=3)
    (OUT / "payload.dictionary").write_bytes(dictionary.as_bytes())
    print(f"{len(lines) - 1} requests, {len(text):,} bytes; dictionary of {len(samples)} bodies")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
