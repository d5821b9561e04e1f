"""Who may move the robot, as heartbeats tell. No ROS in here: the nodes of ROS 1 and ROS 2 and the unit tests share this file."""

import json

WAITING = "waiting"  # nobody has asked
LIVE = "live"  # heartbeats come
HELD = "held"  # they ended without a release: the robot is held


class Lease:
    """A live lease is its holder's until it is released or `limit_s` old.

    One that has expired does not come back by more of the same heartbeats: whoever stalled finds the robot held and has to start
    anew, with the sequence from 0 or 1, or under another name.

    `beat` and `check` return what changed: "none", "granted", "released" or "expired".
    """

    def __init__(self, limit_s):
        if not limit_s > 0:
            raise ValueError(f"Expected a limit above 0 s, found {limit_s}.")
        self.limit_s = limit_s
        self.state = WAITING
        self.holder = None
        self._sequence = -1
        self._heard_at_s = 0.0

    def check(self, now_s):
        # Times are sums of floats: a nanosecond is not worth a heartbeat.
        if self.state != LIVE or now_s - self._heard_at_s < self.limit_s - 1e-9:
            return "none"
        self.state = HELD
        return "expired"

    def beat(self, text, now_s):
        heartbeat = parse_heartbeat(text)
        if heartbeat is None:
            return "none"
        holder, sequence, released = heartbeat
        expired = self.check(now_s)
        is_holder = holder == self.holder
        if released:
            if not is_holder or self.state != LIVE:
                return expired
            self.state = WAITING
            self.holder = None
            return "released"
        # Duplicates and stragglers prove nothing about now.
        starts_anew = not is_holder or sequence <= min(1, self._sequence)
        if is_holder and not starts_anew and sequence <= self._sequence:
            return expired
        if self.state == LIVE:
            if is_holder:
                self._sequence = sequence
                self._heard_at_s = now_s
            return "none"
        if self.state == HELD and not starts_anew:
            return expired
        self.state = LIVE
        self.holder = holder
        self._sequence = sequence
        self._heard_at_s = now_s
        return "granted"

    @property
    def is_live(self):
        return self.state == LIVE

    def status(self):
        """What the watchdog publishes."""
        return json.dumps({"state": self.state, "holder": self.holder, "limitMs": round(self.limit_s * 1000)})


def parse_heartbeat(text):
    """(holder, sequence, released), or None for anything that is no heartbeat."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        return None
    if not isinstance(value, dict):
        return None
    holder, sequence = value.get("holder"), value.get("sequence")
    if not isinstance(holder, str) or holder == "":
        return None
    if isinstance(sequence, bool) or not isinstance(sequence, int):
        return None
    return holder, sequence, value.get("state") == "released"
