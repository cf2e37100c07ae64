import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import css from './Planning.module.css';

interface Row {
  name: string;
  before: number;
  after: number;
}
interface Props {
  rows: Row[];
  write: (n: number) => string;
  label: string;
  /** What the two are called. */
  words: [before: string, after: string];
}

const tick = { fill: 'var(--sy-muted)', fontSize: 'var(--sy-meta)' };

/** Two bars beside each other: as it was, and as it would have been. Readers have the table that stands below. */
export default function PairBars({ rows, write, label, words }: Props) {
  return (
    <div className={css.chart} role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={rows} accessibilityLayer={false} barGap={2}>
          <CartesianGrid stroke="var(--sy-hairline)" vertical={false} />
          <XAxis type="category" dataKey="name" tick={tick} tickLine={false} axisLine={{ stroke: 'var(--sy-hairline)' }} minTickGap={16} />
          <YAxis type="number" tick={tick} tickLine={false} axisLine={false} tickFormatter={write} allowDecimals={false} width={72} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sy-hover)' }}
            content={({ active, payload }) => {
              const row = active ? (payload?.[0]?.payload as Row | undefined) : undefined;
              return row ? (
                <div className={css.tip}>
                  <strong>{row.name}</strong>
                  <div>{words[0]} {write(row.before)}</div>
                  <div>{words[1]} {write(row.after)}</div>
                </div>
              ) : null;
            }}
          />
          <Legend iconType="square" iconSize={10} formatter={(text: string) => <span style={{ color: 'var(--sy-text)' }}>{text}</span>} />
          <Bar name={words[0]} dataKey="before" fill="var(--sy-chart-6)" isAnimationActive={false} maxBarSize={20} />
          <Bar name={words[1]} dataKey="after" fill="var(--sy-chart-1)" isAnimationActive={false} maxBarSize={20} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
