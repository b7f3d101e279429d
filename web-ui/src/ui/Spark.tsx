/** How a chance grew, in hundredths, as a line; drawn from old to new the way the text runs. */
export function Spark({ points, width = 44, height = 14 }: { points: number[]; width?: number; height?: number }) {
  if (points.length < 2) return null;
  const step = (width - 4) / (points.length - 1);
  const at = (point: number, index: number) => `${(2 + index * step).toFixed(1)} ${(height - 2 - (point / 100) * (height - 4)).toFixed(1)}`;
  return (
    <svg class="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <path d={`M${points.map(at).join("L")}`} />
    </svg>
  );
}
