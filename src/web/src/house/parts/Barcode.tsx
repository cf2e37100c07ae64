import { barsOf } from './code128.ts';

/** A text as bars for scanners, twelve millimetres high; nothing for what bars cannot say. */
export function Barcode({ text, className }: { text: string; className?: string | undefined }) {
  const code = barsOf(text);
  if (!code) return null;
  // Ten modules of quiet on each side, or scanners do not find the start.
  return (
    <svg className={className} viewBox={`-10 0 ${code.modules + 20} 40`} preserveAspectRatio="none" role="img" aria-label={text} shapeRendering="crispEdges">
      {code.bars.map((bar) => (
        <rect key={bar.at} x={bar.at} y={0} width={bar.width} height={40} fill="currentColor" />
      ))}
    </svg>
  );
}
