"""The values processing makes, which lie in `domain` because the store takes them."""

from vedette.domain.processed import (
    Arrival as Arrival,
)
from vedette.domain.processed import (
    Grouping as Grouping,
)
from vedette.domain.processed import (
    Heading as Heading,
)
from vedette.domain.processed import (
    ProcessedEvent as ProcessedEvent,
)
from vedette.domain.processed import (
    Segment as Segment,
)
from vedette.domain.processed import (
    Span as Span,
)
from vedette.domain.processed import (
    SpanBatch as SpanBatch,
)
