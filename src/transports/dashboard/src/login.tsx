import { useState } from "preact/hooks";
import { connect } from "./link.js";
import { operator } from "./store.js";
import { t } from "./words.js";

export function Login() {
  const [name, setName] = useState(operator.value.startsWith("guest-") ? "" : operator.value);
  const [password, setPassword] = useState("");
  return (
    <form
      class="login card"
      onSubmit={(event) => {
        event.preventDefault();
        connect(name, password);
      }}
    >
      <h1>Handeye</h1>
      <label>
        {t("name")}
        <input value={name} autocomplete="username" required onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label>
        {t("password")}
        <input
          type="password"
          value={password}
          autocomplete="current-password"
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      <button type="submit">{t("login")}</button>
    </form>
  );
}
