"""What every online engine has in common; an engine itself says only how one request is made."""

from translate.engines.online.engine import OnlineEngine

__all__ = ["OnlineEngine"]
