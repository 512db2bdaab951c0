"""The decoded bytes of one member, seen through a window that only moves on, and holds no more than it must."""

from collections.abc import Callable

from pipelines.readers.members_opening import PIECE, BrokenMemberError, Member, Opening
from pipelines.readers.warc_header import HEADER_END, MAX_HEADER, RECORD_START, RECORD_START_LENGTH

#: newlines after a block that are looked at; more of them are still newlines
MAX_SEPARATOR = 1 << 12
SEPARATOR = b"\r\n\r\n"
NEWLINES = b"\r\n"


#: the usual way to open a member
WHOLE = Opening()


class Window:
    """A window over a member's decoded bytes: `buffer[index:]` is what lies ahead and is held.

    Every method may raise BrokenMemberError; what was decoded before is still there.
    """

    __slots__ = ("_again", "_careful", "_fault", "_member", "_open", "buffer", "decoded", "index")

    def __init__(self, opened: Callable[[Opening], Member], opening: Opening | None = None) -> None:
        self._open = opened
        self._member = opened(opening or WHOLE)
        self._careful = False
        #: bytes that the member gives a second time
        self._again = 0
        #: why the member cannot be decoded any further
        self._fault: BrokenMemberError | None = None
        self.buffer = b""
        self.index = 0
        #: decoded bytes so far, those ahead in the buffer included
        self.decoded = 0

    @property
    def offset(self) -> int:
        """Where the window stands in the member's decoded bytes."""
        return self.decoded - len(self.buffer) + self.index

    @property
    def position(self) -> int:
        """Where the decoder stands in the file."""
        return self._member.position

    def has(self, size: int) -> bool:
        """Hold at least `size` bytes ahead; False where the member ends before."""
        missing = size - len(self.buffer) + self.index
        if missing <= 0:
            return True
        pieces = [self.buffer[self.index :]]
        try:
            while missing > 0 and (piece := self._pull()):
                pieces.append(piece)
                missing -= len(piece)
        finally:
            self.buffer = b"".join(pieces)
            self.index = 0
        return missing <= 0

    def hold_all(self) -> bytes:
        """Hold the whole member and give it; nothing where it is long or broken, and then read on as usual."""
        pieces: list[bytes] = []
        try:
            while self.decoded <= PIECE and (piece := self._pull()):
                pieces.append(piece)
        except BrokenMemberError:
            pass
        self.buffer = b"".join(pieces)
        return self.buffer if self.decoded <= PIECE and self._fault is None else b""

    def skip(self, size: int) -> int:
        """Pass over `size` bytes, holding none of them; say how many there were."""
        left = size - (len(self.buffer) - self.index)
        if left <= 0:
            self.index += size
            return size
        self._forget()
        while left > 0:
            skipped = self._member.skip(left)
            self.decoded += skipped
            left -= skipped
            piece = self._pull() if left > 0 else b""
            if not piece:
                break
            self.buffer, self.index = piece, min(left, len(piece))
            left -= self.index
        return size - left

    def skip_newlines(self) -> bool:
        """Pass over line ends; False at the end of the member."""
        while True:
            ahead = self.buffer[self.index : self.index + MAX_SEPARATOR]
            kept = len(ahead.lstrip(NEWLINES))
            self.index += len(ahead) - kept
            if kept:
                return True
            if self.index == len(self.buffer) and not self.has(1):
                return False

    def starts_record(self, ahead: int = 0) -> bool:
        """Say whether a version line seems to begin `ahead` bytes from here."""
        self.has(ahead + 5)
        begin = self.index + ahead
        return self.buffer[begin : begin + 5].upper() == b"WARC/"

    def take_header(self) -> bytes | None:
        """Take the lines up to the first blank one; None, and nothing taken, where none comes in time."""
        while True:
            match = HEADER_END.search(self.buffer, self.index, self.index + MAX_HEADER)
            if match:
                head = self.buffer[self.index : match.start()]
                self.index = match.end()
                return head
            held = len(self.buffer) - self.index
            if held >= MAX_HEADER or (not self.has(2 * held + 1) and len(self.buffer) - self.index == held):
                return None

    def block_ends(self, size: int) -> bool:
        """Say whether a block may end `size` bytes from here: the separator, the next record or the end follows."""
        while True:
            begin = self.index + size
            after = self.buffer[begin : begin + MAX_SEPARATOR]
            newlines = len(after) - len(after.lstrip(NEWLINES))
            known = newlines + 5 <= len(after) or newlines == MAX_SEPARATOR
            if known or not self.has(size + len(after) + 5):
                break
        after = self.buffer[self.index + size : self.index + size + MAX_SEPARATOR]
        following = after.lstrip(NEWLINES)
        return not following or after.startswith(SEPARATOR) or following[:5].upper() == b"WARC/"

    def seek_record(self) -> bool:
        """Move to the next beginning of a record, or to the end of the member."""
        while True:
            match = RECORD_START.search(self.buffer, self.index)
            if match:
                self.index = match.start()
                return True
            self.index = max(self.index, len(self.buffer) - RECORD_START_LENGTH)
            held = len(self.buffer) - self.index
            if not self.has(held + 1):
                self.index = len(self.buffer)
                return False

    def holds(self, offset: int) -> bool:
        """Say whether the window can move back to `offset` without decoding anything again."""
        return offset >= self.decoded - len(self.buffer)

    def back_to(self, offset: int) -> None:
        """Move back to an earlier offset, decoding again from the member's beginning where it is no longer held."""
        if self.holds(offset):
            self.index = offset - self.decoded + len(self.buffer)
            return
        self._forget()
        self._member = self._open(WHOLE)
        self._careful = False
        self._again = 0
        self._fault = None
        self.decoded = 0
        self.skip(offset)

    def _forget(self) -> None:
        self.buffer = b""
        self.index = 0

    def _pull(self) -> bytes:
        """Decode the next piece; around damage once more, slowly, so that all that can be read is."""
        if self._fault is not None:
            raise self._fault.with_traceback(None)
        try:
            piece = self._unseen()
        except BrokenMemberError as fault:
            if fault.truncated or self._careful:
                self._fault = fault
                raise
            self._careful = True
            self._again = self.decoded
            self._member = self._open(Opening(damage=self.position))
            return self._pull()
        self.decoded += len(piece)
        return piece

    def _unseen(self) -> bytes:
        """Decode, dropping what was decoded before."""
        piece = self._member.decode()
        while self._again and piece:
            seen = min(self._again, len(piece))
            self._again -= seen
            piece = piece[seen:] or self._member.decode()
        return piece
