"""Sessions, the one-time token, proof that a form is ours, and the brake on guessing passwords."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer

from dragoman.web.serving import Serving
from dragoman.web.team import Role, User

COOKIE = "dragoman_session"
_FAILURES = 5  # wrong passwords that one name, or one address, may give ...
_WINDOW = 300.0  # ... in so many seconds
_KEPT = 10_000  # names and addresses whose failures are kept: bounds memory


@dataclass(frozen=True, slots=True)
class Session:
    """Who is there, and the number of the sitting."""

    user: User
    id: str


class Access:
    """Lets people in and knows them again."""

    def __init__(self, serving: Serving, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.serving = serving
        self._signer = URLSafeTimedSerializer(serving.secret, salt="dragoman.session")
        self._token: str | None = serving.token
        self._lock = threading.Lock()
        self._ended: set[str] = set()
        self.brake = Brake(clock)

    def exchange(self, token: str) -> str | None:
        """A session for the one-time token, which then is used up; None where it is not the token."""
        with self._lock:
            if self._token is None or not hmac.compare_digest(self._token.encode(), token.encode()):
                return None
            self._token = None
        return self.begin(User(self.serving.who, Role.REVIEWER))

    def begin(self, user: User) -> str:
        """The cookie of a new session."""
        return str(self._signer.dumps([user.name, secrets.token_hex(8)]))

    def end(self, session: Session) -> None:
        """Let a session count no longer."""
        self._ended.add(session.id)

    def session(self, cookie: str | None) -> Session | None:
        """The session of a cookie; None where it is forged, too old, ended, or its user is gone."""
        if not cookie:
            return None
        try:
            name, number = self._signer.loads(cookie, max_age=self.serving.seconds)
        except (BadSignature, ValueError, TypeError):
            return None
        if number in self._ended:
            return None
        team = self.serving.team
        user = team.user(name) if team else User(name, Role.REVIEWER)
        return Session(user, number) if user else None

    # --- forms ---

    def form_token(self, session: Session) -> str:
        """Proof that a form is ours; masked anew each time, so that compression betrays nothing of it."""
        proof = self._proof(session)
        mask = secrets.token_bytes(len(proof))
        return base64.urlsafe_b64encode(mask + _xor(mask, proof)).decode()

    def is_ours(self, session: Session, token: str) -> bool:
        """Whether a form's token belongs to the session."""
        proof = self._proof(session)
        try:
            found = base64.urlsafe_b64decode(token.encode("ascii"))
        except ValueError:
            return False
        half = len(proof)
        return len(found) == 2 * half and hmac.compare_digest(_xor(found[:half], found[half:]), proof)

    def _proof(self, session: Session) -> bytes:
        key = self.serving.secret.encode()
        return hmac.digest(key, f"form:{session.user.name}:{session.id}".encode(), hashlib.sha256)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


class Brake:
    """Slows down who guesses: after some failures a name, or an address, has to wait."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> int:
        """Seconds until the next try; 0 where it is free."""
        now = self._clock()
        with self._lock:
            waits = [self._wait(self._failures[key], now) for key in keys if key in self._failures]
        return max(waits, default=0)

    @staticmethod
    def _wait(failures: deque[float], now: float) -> int:
        while failures and failures[0] <= now - _WINDOW:
            failures.popleft()
        return int(failures[0] + _WINDOW - now) + 1 if len(failures) >= _FAILURES else 0

    def failed(self, *keys: str) -> None:
        """Note a failure."""
        now = self._clock()
        with self._lock:
            if len(self._failures) > _KEPT:
                self._failures.clear()
            for key in keys:
                self._failures[key].append(now)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)
