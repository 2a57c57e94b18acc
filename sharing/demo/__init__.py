"""What the synthetic force has of sharing."""

from sharing.demo.requests import add_requests

__all__ = ["add_requests"]
