"""OpenTelemetry's protocol over HTTP: what exporters send, read and put into Vedette's words.

`reading` turns the bytes, protobuf or JSON, into the records of `values`; `spans`, `logs` and `metrics` say
what they mean; `exceptions` makes events of what spans and logs tell of errors; `details` reads one again.
Source: opentelemetry-proto 1.x and the OTLP specification; getsentry/relay for the meaning in Sentry's words.
"""
