/** Pixels of the longer side that are enough to read a badge. */
const LONGEST_SIDE = 1600;

/** A photo small enough for a slow Wi-Fi, as JPEG; the photo itself where the browser cannot shrink it. */
export async function shrink(photo: Blob, longest = LONGEST_SIDE): Promise<Blob> {
  try {
    const picture = await createImageBitmap(photo);
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const paper = canvas.getContext("2d")!;
    // What is clear in a drawing would be black in a JPEG.
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return small ?? photo;
  } catch {
    return photo;
  }
}
