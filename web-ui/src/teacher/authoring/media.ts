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
  bytes: number;
}

/** Gives a small file to the box as it is; answers with its name there. */
export async function sendFile(own: string, file: Blob): Promise<string> {
  return (await post<Media>(`${path(API, own)}/media`, file, { timeout: PATIENCE })).file;
}

/** Makes a photo smaller and gives it to the box; answers with its name there. */
export async function sendPhoto(own: string, photo: Blob): Promise<string> {
  return sendFile(own, await shrink(photo, LONGEST_SIDE));
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
