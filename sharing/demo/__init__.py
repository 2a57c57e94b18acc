"""What the demonstration force has shared."""

from sharing.demo.agreements import add_agreements
from sharing.demo.decisions import add_decisions
from sharing.demo.media import add_media
from sharing.demo.releases import add_releases
from sharing.demo.requests import add_requests

__all__ = ["add_agreements", "add_decisions", "add_media", "add_releases", "add_requests"]
