/** Photos and pictures on their way into an own course. */

import { post } from "../../api/client";
import { path } from "../../router";
import { shrink } from "../../sign-in/photo";
import { API } from "./desk";

/** Pixels of the longer side: sharp on every tablet, and about 200 KB. */
const LONGEST_SIDE = 1280;
/** A photo over a weak Wi-Fi may take its time. */
const PATIENCE = 120_000;

export interface Media {
  file: string;
  kind: "picture" | "audio" | "video";
  bytes: number;
}

/** Makes a photo smaller and gives it to the box; answers with its name there. */
export async function sendPhoto(own: string, photo: Blob): Promise<string> {
  const small = await shrink(photo, LONGEST_SIDE);
  return (await post<Media>(`${path(API, own)}/media`, small, { timeout: PATIENCE })).file;
}

/** The picture at an address, turned by a quarter: some old cameras write down which way they were held, and no browser looks. */
export async function turned(address: string): Promise<Blob> {
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  const canvas = document.createElement("canvas");
  canvas.width = picture.height;
  canvas.height = picture.width;
  const paper = canvas.getContext("2d")!;
  paper.translate(canvas.width, 0);
  paper.rotate(Math.PI / 2);
  paper.drawImage(picture, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", 0.9),
  );
}
