import { useRef, useState } from "preact/hooks";
import { call, problemText } from "../api/client";
import type { Me } from "../api/types";
import { t } from "../i18n";
import { clientName } from "../queue";
import { signedIn } from "../session";
import { Banner, Button, IconLink, Listen, PageHeading } from "../ui";
import { Frame } from "./Frame";
import { shrink } from "./photo";

/** A photo of the badge, taken by the tablet's camera app and read by the box: a page on plain HTTP may not use the camera itself. */
export function BadgePage() {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function send(photo: File | undefined) {
    if (!photo) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = await shrink(photo);
      const client = await clientName();
      await signedIn(await call<Me>(`/api/v1/sign-in/badge?client=${client}`, { method: "POST", body, timeout: 40_000 }));
    } catch (error) {
      setProblem(error);
      setBusy(false);
      input.current!.value = "";
    }
  }

  return (
    <Frame start={<IconLink icon="back" big href="/" label={t("common.back")} />}>
      <div class="ask">
        <BadgeDrawing />
        <div class="gate-title">
          <PageHeading title={t("signIn.badgeTitle")} />
          <Listen text={t("signIn.badgeDo")} />
        </div>
        <p class="soft large">{t("signIn.badgeDo")}</p>
        {problem !== null && <Banner kind="warn">{problemText(problem)}</Banner>}
        <input
          ref={input}
          class="only-heard"
          type="file"
          accept="image/*"
          capture="environment"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => void send(event.currentTarget.files?.[0])}
        />
        <Button kind="primary" big icon="camera" busy={busy} onClick={() => input.current!.click()}>
          {problem === null ? t("signIn.badgePhoto") : t("signIn.badgePhotoAgain")}
        </Button>
      </div>
    </Frame>
  );
}

function BadgeDrawing() {
  return (
    <svg width="180" height="150" viewBox="0 0 180 150" aria-hidden="true" focusable="false">
      <rect x="20" y="18" width="92" height="122" rx="12" fill="#fff" stroke="#8d8779" stroke-width="3" />
      <rect x="52" y="8" width="28" height="18" rx="6" fill="#1f6f78" />
      <circle cx="66" cy="52" r="16" fill="#f7c873" />
      <path d="M60 50v.1M72 50v.1" stroke="#2e4057" stroke-width="5" stroke-linecap="round" />
      <path d="M60 58q6 6 12 0" stroke="#2e4057" stroke-width="3" fill="none" stroke-linecap="round" />
      <path
        d="M42 82h16v16H42zM74 82h16v16H74zM42 112h16v16H42zM66 82h4v8h-4zM66 98h4v10h-4zM74 104h8v6h-8zM86 104h4v12h-4zM74 116h6v12h-6zM84 122h6v6h-6zM66 114h4v14h-4z"
        fill="#2e4057"
      />
      <rect x="100" y="56" width="74" height="56" rx="12" fill="#1f6f78" />
      <path d="M120 56l6-10h22l6 10z" fill="#1f6f78" />
      <circle cx="137" cy="84" r="18" fill="#f7f3e9" />
      <circle cx="137" cy="84" r="10" fill="#f2a541" />
    </svg>
  );
}
