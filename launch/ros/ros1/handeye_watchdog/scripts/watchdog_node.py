#!/usr/bin/env python3
"""Holds the robot when the controller's heartbeat stops, and passes goals on only while it comes.

The controller talks to /guarded/<action>; this node, beside the robot, talks to <action>. When the lease ends it cancels every goal
of every action, sends zero velocity and, where configured, `true` on stop topics.
"""

import threading
import time

import rospy
from actionlib_msgs.msg import GoalID
from geometry_msgs.msg import Twist
from std_msgs.msg import Bool, String

from handeye_watchdog.lease import Lease

CHECK_S = 0.01
STATUS_S = 0.1


class Watchdog:
    def __init__(self):
        self._lock = threading.Lock()
        self._lease = Lease(rospy.get_param("~limit_s", 0.25))
        prefix = rospy.get_param("~guarded_prefix", "/guarded")
        self._status = rospy.Publisher(
            rospy.get_param("~status_topic", "/handeye/watchdog"), String, queue_size=1, latch=True
        )
        self._stops = [rospy.Publisher(topic, Bool, queue_size=1) for topic in rospy.get_param("~stop_topics", [])]
        self._velocities = []
        self._cancels = []
        for topic in rospy.get_param("~velocity_topics", []):
            publisher = rospy.Publisher(topic, Twist, queue_size=1)
            self._velocities.append(publisher)
            rospy.Subscriber(prefix + topic, Twist, self._pass_on, publisher, queue_size=1)
        for action in rospy.get_param("~actions", []):
            self._cancels.append(rospy.Publisher(action + "/cancel", GoalID, queue_size=10))
            rospy.Subscriber(prefix + action + "/cancel", GoalID, self._cancels[-1].publish, queue_size=10)
            self._relay(prefix + action + "/goal", action + "/goal", guarded=True)
            for part in ("status", "feedback", "result"):
                self._relay(action + "/" + part, prefix + action + "/" + part, guarded=False)
        rospy.Subscriber(rospy.get_param("~lease_topic", "/handeye/lease"), String, self._on_beat, queue_size=10)
        self._tell()

    def _relay(self, source, target, guarded):
        """Any type, byte for byte; the publisher is made when the first message tells the type."""
        publishers = {}

        def on_message(message):
            if guarded and not self._is_live():
                rospy.logwarn("A goal on %s is refused: no live lease.", source)
                return
            if "it" not in publishers:
                header = message._connection_header
                kind = type(
                    "Relayed",
                    (rospy.AnyMsg,),
                    {"_type": header["type"], "_md5sum": header["md5sum"], "_full_text": header["message_definition"]},
                )
                publishers["it"] = rospy.Publisher(target, kind, queue_size=10)
                # A publisher that was made just now has no subscribers yet: the first goal would be lost.
                deadline = time.monotonic() + 0.5
                while publishers["it"].get_num_connections() == 0 and time.monotonic() < deadline:
                    time.sleep(0.01)
            relayed = publishers["it"].data_class()
            relayed._buff = message._buff
            publishers["it"].publish(relayed)

        rospy.Subscriber(source, rospy.AnyMsg, on_message, queue_size=10)

    def _is_live(self):
        with self._lock:
            return self._lease.is_live

    def _pass_on(self, twist, publisher):
        if self._is_live():
            publisher.publish(twist)

    def _on_beat(self, message):
        with self._lock:
            # A monotonic clock: simulated time may stand still, and the wall clock may jump.
            change = self._lease.beat(message.data, time.monotonic())
        self._act(change)

    def _act(self, change):
        if change == "none":
            return
        if change in ("expired", "released"):
            self.hold(change)
        rospy.loginfo("Lease %s: %s", change, self._lease.status())
        self._tell()

    def hold(self, change):
        for publisher in self._velocities:
            publisher.publish(Twist())
        for publisher in self._cancels:
            # Without id and stamp it means every goal (actionlib).
            publisher.publish(GoalID())
        if change == "expired":
            for publisher in self._stops:
                publisher.publish(Bool(data=True))

    def _tell(self):
        self._status.publish(String(data=self._lease.status()))

    def spin(self):
        told_at = 0.0
        while not rospy.is_shutdown():
            now = time.monotonic()
            with self._lock:
                change = self._lease.check(now)
            self._act(change)
            if now - told_at >= STATUS_S:
                told_at = now
                self._tell()
            time.sleep(CHECK_S)


if __name__ == "__main__":
    rospy.init_node("handeye_watchdog")
    watchdog = Watchdog()
    rospy.on_shutdown(lambda: watchdog.hold("released"))
    watchdog.spin()
