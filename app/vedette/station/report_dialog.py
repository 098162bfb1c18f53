"""The crash report dialog: the script a page loads when its SDK is told to ask the user what happened.

The page shows it in its own document, so it brings its few styles along and takes every word of the SDK's
options as text. Source: getsentry/sentry-javascript, `showReportDialog` (the parameters it passes).
"""

from collections.abc import Mapping

import orjson
from aiohttp import web

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.dsn import parse_dsn
from vedette.protocol.envelope import normalise_event_id
from vedette.station import answers

_WORDS = {
    "title": "It looks like we're having issues.",
    "subtitle": "Our team has been notified.",
    "subtitle2": "If you'd like to help, tell us what happened below.",
    "labelName": "Name",
    "labelEmail": "Email",
    "labelComments": "What happened?",
    "labelClose": "Close",
    "labelSubmit": "Submit",
    "errorGeneric": "An unknown error occurred while submitting your report. Please try again.",
    "errorFormEntry": "Some fields were invalid. Please correct the errors and try again.",
    "successMessage": "Your feedback has been sent. Thank you!",
    "name": "",
    "email": "",
}
_LONGEST = 500  # characters of a word

_SCRIPT = """\
(function (options) {
  "use strict";
  var endpoint = document.currentScript.src;
  var words = options.words;

  function make(kind, style, text) {
    var element = document.createElement(kind);
    element.style.cssText = style;
    if (text) element.textContent = text;
    return element;
  }

  var back = make("div", "position:fixed;inset:0;z-index:2147483647;background:rgba(0,0,0,.5);overflow:auto");
  var form = make("form", "box-sizing:border-box;max-width:34em;margin:8vh auto;padding:2em;" +
    "background:#fff;color:#222;font:16px/1.4 sans-serif;border-radius:6px");
  form.setAttribute("role", "dialog");
  form.setAttribute("aria-modal", "true");
  form.setAttribute("aria-label", words.title);
  form.noValidate = true;
  form.appendChild(make("h2", "margin:0 0 .3em", words.title));
  form.appendChild(make("p", "margin:0 0 1em", words.subtitle + " " + words.subtitle2));
  var note = make("p", "margin:0 0 1em;color:#b00020");
  note.setAttribute("role", "alert");
  form.appendChild(note);

  var fields = {};
  function ask(name, kind, label, value) {
    var row = make("label", "display:block;margin:0 0 1em", label);
    var field = make(kind, "display:block;box-sizing:border-box;width:100%;padding:.5em;font:inherit");
    field.name = name;
    field.value = value;
    if (kind === "textarea") field.rows = 5;
    row.appendChild(field);
    form.appendChild(row);
    fields[name] = field;
  }
  ask("name", "input", words.labelName, words.name);
  ask("email", "input", words.labelEmail, words.email);
  ask("comments", "textarea", words.labelComments, "");

  var submit = make("button", "font:inherit;padding:.5em 1.2em;margin-right:1em", words.labelSubmit);
  submit.type = "submit";
  var close = make("button", "font:inherit;padding:.5em 1.2em", words.labelClose);
  close.type = "button";
  form.appendChild(submit);
  form.appendChild(close);
  back.appendChild(form);

  function end() {
    back.remove();
    document.removeEventListener("keydown", onKey);
    if (typeof window.sentryConfig === "object" && window.sentryConfig && window.sentryConfig.onClose) {
      window.sentryConfig.onClose();
    }
  }
  function onKey(event) {
    if (event.key === "Escape") end();
  }
  close.addEventListener("click", end);
  document.addEventListener("keydown", onKey);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    submit.disabled = true;
    var said = new URLSearchParams();
    Object.keys(fields).forEach(function (name) { said.append(name, fields[name].value); });
    fetch(endpoint, { method: "POST", body: said }).then(function (answer) {
      submit.disabled = false;
      if (!answer.ok) {
        note.textContent = answer.status === 400 ? words.errorFormEntry : words.errorGeneric;
        return;
      }
      form.textContent = "";
      form.appendChild(make("p", "margin:0 0 1em", words.successMessage));
      form.appendChild(close);
    }, function () {
      submit.disabled = false;
      note.textContent = words.errorGeneric;
    });
  });
  document.body.appendChild(back);
  fields.name.focus();
})(OPTIONS);
"""


def report_dialog(query: Mapping[str, str]) -> web.Response:
    """Return the script for an event that *query* names. Raises IngestError without a DSN and an event."""
    parse_dsn(query.get("dsn", ""))
    if normalise_event_id(query.get("eventId", "")) is None:
        raise IngestError(Reason.BAD_EVENT_ID, "invalid event id: the dialog needs eventId")
    words = {name: query.get(name, usual)[:_LONGEST] for name, usual in _WORDS.items()}
    script = _SCRIPT.replace("OPTIONS", orjson.dumps({"words": words}).decode())
    return web.Response(text=script, content_type="text/javascript", headers=answers.CORS)
