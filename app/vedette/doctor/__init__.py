"""`vedette doctor`: looks at this machine and says in plain words what Vedette finds here."""

from vedette.doctor.examination import run_doctor

__all__ = ["run_doctor"]
