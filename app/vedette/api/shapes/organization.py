"""The one organization of a workspace."""

from typing import TypedDict

from vedette.domain.times import to_iso

SLUG = "desk"
ID = "1"
NAME = "Desk"


class OrganizationStatus(TypedDict):
    id: str
    name: str


class Avatar(TypedDict):
    avatarType: str
    avatarUuid: str | None
    avatarUrl: str | None


class OrganizationLinks(TypedDict):
    """`regionUrl` is empty: clients refuse one that is not https, and are content with none."""

    organizationUrl: str
    regionUrl: str


class Organization(TypedDict):
    """What stands above all projects. A workspace has one, called `desk`."""

    id: str
    slug: str
    name: str
    status: OrganizationStatus
    dateCreated: str
    isEarlyAdopter: bool
    require2FA: bool
    requireEmailVerification: bool
    avatar: Avatar
    links: OrganizationLinks
    hasAuthProvider: bool
    allowMemberInvite: bool
    allowMemberProjectCreation: bool
    allowSuperuserAccess: bool
    features: list[str]
    access: list[str]


def organization_shape(created: int, base_url: str, scopes: list[str]) -> Organization:
    return {
        "id": ID,
        "slug": SLUG,
        "name": NAME,
        "status": {"id": "active", "name": "active"},
        "dateCreated": to_iso(created),
        "isEarlyAdopter": False,
        "require2FA": False,
        "requireEmailVerification": False,
        "avatar": {"avatarType": "letter_avatar", "avatarUuid": None, "avatarUrl": None},
        "links": {"organizationUrl": f"{base_url}/organizations/{SLUG}", "regionUrl": ""},
        "hasAuthProvider": False,
        "allowMemberInvite": False,
        "allowMemberProjectCreation": True,
        "allowSuperuserAccess": False,
        "features": [],
        "access": scopes,
    }
