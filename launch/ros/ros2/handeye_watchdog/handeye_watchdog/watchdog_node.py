"""Holds the robot when the controller's heartbeat stops, and passes goals on only while it comes.

The controller talks to /guarded/<action>; this node, beside the robot, talks to <action>. When the lease ends it cancels every goal
of every action (those that reached the robot by another way too), sends zero velocity and, where configured, `true` on stop topics.
"""

import threading
import time

import rclpy
from action_msgs.srv import CancelGoal
from geometry_msgs.msg import Twist
from rclpy.action import ActionClient, ActionServer, CancelResponse, GoalResponse
from rclpy.callback_groups import MutuallyExclusiveCallbackGroup, ReentrantCallbackGroup
from rclpy.executors import ExternalShutdownException, MultiThreadedExecutor
from rclpy.node import Node
from rclpy.qos import DurabilityPolicy, QoSProfile
from rosidl_runtime_py.utilities import get_action
from std_msgs.msg import Bool, String

from handeye_watchdog.lease import Lease

CHECK_S = 0.01
STATUS_S = 0.1


class Watchdog(Node):
    def __init__(self):
        super().__init__("handeye_watchdog")
        limit_s = self.declare_parameter("limit_s", 0.25).value
        prefix = self.declare_parameter("guarded_prefix", "/guarded").value
        actions = self.declare_parameter("actions", [""]).value
        velocities = self.declare_parameter("velocity_topics", [""]).value
        stops = self.declare_parameter("stop_topics", [""]).value
        lease_topic = self.declare_parameter("lease_topic", "/handeye/lease").value
        status_topic = self.declare_parameter("status_topic", "/handeye/watchdog").value

        self._lock = threading.Lock()
        self._lease = Lease(limit_s)
        # The lease has a thread of its own in the executor: no goal, however slow its server, delays the check.
        alone = MutuallyExclusiveCallbackGroup()
        latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
        self._status = self.create_publisher(String, status_topic, latched)
        self._stops = [self.create_publisher(Bool, topic, 1) for topic in stops if topic]
        self._velocities = {}
        for topic in filter(None, velocities):
            self._velocities[topic] = self.create_publisher(Twist, topic, 1)
            self.create_subscription(Twist, prefix + topic, lambda twist, to=topic: self._pass_on(to, twist), 1)
        self._guards = [ActionGuard(self, prefix, *entry.split()) for entry in actions if entry]
        self.create_subscription(String, lease_topic, self._on_beat, 10, callback_group=alone)
        self.create_timer(CHECK_S, self._on_check, callback_group=alone)
        self.create_timer(STATUS_S, self._tell, callback_group=alone)
        self._tell()

    def is_live(self):
        with self._lock:
            return self._lease.is_live

    def _now_s(self):
        # A monotonic clock: simulated time may stand still, and the wall clock may jump.
        return time.monotonic()

    def _on_beat(self, message):
        with self._lock:
            change = self._lease.beat(message.data, self._now_s())
        self._act(change)

    def _on_check(self):
        with self._lock:
            change = self._lease.check(self._now_s())
        self._act(change)

    def _act(self, change):
        if change == "none":
            return
        if change in ("expired", "released"):
            self._hold(change)
        self.get_logger().info(f"Lease {change}: {self._lease.status()}")
        self._tell()

    def _hold(self, change):
        for publisher in self._velocities.values():
            publisher.publish(Twist())
        for guard in self._guards:
            guard.cancel_all()
        if change == "expired":
            for publisher in self._stops:
                publisher.publish(Bool(data=True))

    def _pass_on(self, topic, twist):
        if self.is_live():
            self._velocities[topic].publish(twist)

    def _tell(self):
        self._status.publish(String(data=self._lease.status()))


class ActionGuard:
    """One action, passed on while the lease lives."""

    def __init__(self, node, prefix, name, type_name):
        self._node = node
        group = ReentrantCallbackGroup()
        kind = get_action(type_name)
        self._client = ActionClient(node, kind, name, callback_group=group)
        self._cancel = node.create_client(CancelGoal, name + "/_action/cancel_goal", callback_group=group)
        self._server = ActionServer(
            node,
            kind,
            prefix + name,
            execute_callback=self._execute,
            goal_callback=lambda _goal: GoalResponse.ACCEPT if node.is_live() else GoalResponse.REJECT,
            cancel_callback=lambda _handle: CancelResponse.ACCEPT,
            callback_group=group,
        )
        self._kind = kind

    def cancel_all(self):
        # A request of zeros means every goal (action_msgs/CancelGoal).
        if self._cancel.service_is_ready():
            self._cancel.call_async(CancelGoal.Request())

    async def _execute(self, handle):
        if not self._client.server_is_ready():
            handle.abort()
            return self._kind.Result()
        passed = await self._client.send_goal_async(
            handle.request, feedback_callback=lambda message: handle.publish_feedback(message.feedback)
        )
        if not passed.accepted:
            handle.abort()
            return self._kind.Result()
        ended = passed.get_result_async()
        # The lease may have ended, or the client changed its mind, while the goal was on its way.
        watch = self._node.create_timer(CHECK_S, lambda: self._cancel_if_unwanted(handle, passed))
        try:
            answer = await ended
        finally:
            self._node.destroy_timer(watch)
        # 4 succeeded, 5 canceled, anything else is no success.
        if answer.status == 4:
            handle.succeed()
        elif answer.status == 5 and handle.is_cancel_requested:
            handle.canceled()
        else:
            handle.abort()
        return answer.result

    def _cancel_if_unwanted(self, handle, passed):
        if handle.is_cancel_requested or not self._node.is_live():
            passed.cancel_goal_async()


def main():
    rclpy.init()
    node = Watchdog()
    executor = MultiThreadedExecutor(num_threads=8)
    executor.add_node(node)
    try:
        executor.spin()
    except (KeyboardInterrupt, ExternalShutdownException):
        pass
    finally:
        node._hold("released")
        node.destroy_node()


if __name__ == "__main__":
    main()
