"""rosbridge and the watchdog beside a robot that runs already: ros2 launch handeye_watchdog handeye.launch.py

With handeye_watchdog_config:=FILE for your robot's actions. rosbridge has no passwords: keep `address` on loopback, or put a proxy with
TLS and authentication before it.
"""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution
from launch_ros.actions import Node
from launch_ros.substitutions import FindPackageShare


def generate_launch_description():
    config = PathJoinSubstitution([FindPackageShare("handeye_watchdog"), "config", "watchdog.yaml"])
    return LaunchDescription(
        [
            DeclareLaunchArgument("address", default_value="127.0.0.1"),
            DeclareLaunchArgument("port", default_value="9090"),
            DeclareLaunchArgument("handeye_watchdog_config", default_value=config),
            Node(
                package="rosbridge_server",
                executable="rosbridge_websocket",
                name="rosbridge_websocket",
                respawn=True,
                parameters=[
                    {
                        "address": LaunchConfiguration("address"),
                        "port": LaunchConfiguration("port"),
                        # Before 2.2.0 these default to false, and a running goal would hold up its own cancellation.
                        "send_action_goals_in_new_thread": True,
                        "call_services_in_new_thread": True,
                        "websocket_ping_interval": 5.0,
                        "websocket_ping_timeout": 10.0,
                    }
                ],
            ),
            Node(package="rosapi", executable="rosapi_node", name="rosapi", respawn=True),
            Node(
                package="handeye_watchdog",
                executable="watchdog_node",
                name="handeye_watchdog",
                output="screen",
                # No respawn: a watchdog that died has to be noticed; the controller refuses to move without it.
                parameters=[LaunchConfiguration("handeye_watchdog_config")],
            ),
        ]
    )
