"""On how many devices an issue happened, by the tag that tells them apart best."""

from tests.support.issue_desk import IssueDesk, Opener
from vedette.desktop.issue.view import IssueView


def send(desk: IssueDesk, number: int, **tags: str) -> None:
    desk.send(
        {
            "event_id": f"{number:032x}",
            "platform": "python",
            "tags": tags,
            "exception": {"values": [{"type": "KeyError", "value": "'till'"}]},
        }
    )


def test_devices_are_counted_by_installation_before_machine_before_model(
    desk: IssueDesk, show: Opener, view: IssueView
) -> None:
    send(desk, 1, server_name="till-1", device="Till 2000")
    send(desk, 2, server_name="till-2", device="Till 2000")
    send(desk, 3, server_name="till-3", device="Till 2000")
    show("KeyError")
    assert view.header.devices.isVisible()
    assert view.head is not None
    assert view.head.devices == 3


def test_one_device_is_not_worth_a_figure(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    send(desk, 1, device="Till 2000")
    show("KeyError")
    assert not view.header.devices.isVisible()
