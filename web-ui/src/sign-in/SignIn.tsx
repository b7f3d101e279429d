import { match, navigate, usePlace } from "../router";
import { useEffect } from "preact/hooks";
import { AskTeacher } from "./AskTeacher";
import { BadgePage } from "./Badge";
import { Classes } from "./Classes";
import { Faces } from "./Faces";
import { PicturesPage } from "./Pictures";
import { StaffPage } from "./Staff";

/** Chooses the page of signing in: class, face, three pictures; or a badge; or the teacher; or staff. */
export function SignIn() {
  const { path } = usePlace();
  const known = path === "/" || path === "/family" || path.startsWith("/sign-in");
  useEffect(() => {
    // Any other path was somebody's who is gone.
    if (!known) navigate("/", { replace: true });
  }, [known]);

  if (match("/sign-in/staff", path)) return <StaffPage />;
  if (match("/sign-in/badge", path)) return <BadgePage />;
  const ask = match("/sign-in/class/:class/:student/ask", path);
  if (ask) return <AskTeacher class={ask["class"]!} student={ask["student"]!} />;
  const pictures = match("/sign-in/class/:class/:student", path);
  if (pictures) return <PicturesPage key={pictures["student"]} class={pictures["class"]!} student={pictures["student"]!} />;
  const faces = match("/sign-in/class/:class", path);
  if (faces) return <Faces key={faces["class"]} class={faces["class"]!} />;
  return <Classes all={path === "/sign-in/classes"} />;
}
