from setuptools import setup

NAME = "handeye_watchdog"

setup(
    name=NAME,
    version="0.1.0",
    packages=[NAME],
    data_files=[
        ("share/ament_index/resource_index/packages", [f"resource/{NAME}"]),
        (f"share/{NAME}", ["package.xml"]),
        (f"share/{NAME}/launch", ["launch/handeye.launch.py"]),
        (f"share/{NAME}/config", ["config/watchdog.yaml"]),
    ],
    install_requires=["setuptools"],
    zip_safe=True,
    maintainer="Handeye",
    maintainer_email="handeye@localhost",
    description="Holds the robot when the controller's heartbeat stops.",
    license="Apache-2.0",
    entry_points={"console_scripts": [f"watchdog_node = {NAME}.watchdog_node:main"]},
)
