import { useEffect } from "preact/hooks";
import { Approval } from "./approval.js";
import { CameraView } from "./camera-view.js";
import { Command } from "./command.js";
import { Drive } from "./drive.js";
import { Header } from "./header.js";
import { connect, savedOperator, stop } from "./link.js";
import { Login } from "./login.js";
import { Mission } from "./mission.js";
import { Question } from "./question.js";
import { Log } from "./log.js";
import { Skills } from "./skills.js";
import { StopBar } from "./stop-bar.js";
import { link } from "./store.js";
import { Zones } from "./zones.js";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

export function App() {
  useEffect(() => {
    connect(savedOperator() || `guest-${Math.floor(Math.random() * 9000 + 1000)}`);
    const onKey = (event: KeyboardEvent): void => {
      // In capture, so that no button that has the focus takes the space bar for a click.
      if (event.code !== "Space" || isTyping(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) stop();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, []);

  if (link.value === "login") return <Login />;
  return (
    <>
      <Header />
      <main>
        <section class="see">
          <CameraView />
          <Zones />
          <Drive />
          <Skills />
        </section>
        <section class="say">
          <Approval />
          <Question />
          <Command />
          <Mission />
          <Log />
        </section>
      </main>
      <StopBar />
    </>
  );
}
