"""What the demonstration force has shared."""

from sharing.demo.releases import add_releases

__all__ = ["add_releases"]
