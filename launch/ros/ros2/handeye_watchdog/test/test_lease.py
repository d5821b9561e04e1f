"""The watchdog's rule, by the same cases that hold the simulator's to it."""

import json
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from handeye_watchdog.lease import Lease, parse_heartbeat  # noqa: E402

CASES = os.path.join(HERE, "lease-cases.json")


class LeaseTest(unittest.TestCase):
    def test_cases(self):
        with open(CASES, encoding="utf-8") as file:
            cases = json.load(file)
        self.assertGreater(len(cases), 5)
        for case in cases:
            with self.subTest(case["name"]):
                lease = Lease(case["limitMs"] / 1000)
                for step in case["steps"]:
                    at_s = step["atMs"] / 1000
                    if "beat" in step:
                        beat = step["beat"]
                        change = lease.beat(beat if isinstance(beat, str) else json.dumps(beat), at_s)
                    else:
                        change = lease.check(at_s)
                    self.assertEqual(change, step["change"], step)
                    self.assertEqual(lease.state, step["state"], step)

    def test_says_what_it_knows(self):
        lease = Lease(0.25)
        lease.beat('{"holder": "a", "sequence": 0}', 0)
        self.assertEqual(json.loads(lease.status()), {"state": "live", "holder": "a", "limitMs": 250})

    def test_takes_no_limit_of_nothing(self):
        with self.assertRaises(ValueError):
            Lease(0)

    def test_takes_no_truth_value_for_a_number(self):
        self.assertIsNone(parse_heartbeat('{"holder": "a", "sequence": true}'))


if __name__ == "__main__":
    unittest.main()
