import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import css from './Shipping.module.css';

export interface CarrierBar {
  name: string;
  onTime: number;
  late: number;
  lost: number;
  underWay: number;
}

interface Props {
  rows: CarrierBar[];
  label: string;
  write: (n: number) => string;
  words: Record<'onTime' | 'late' | 'lost' | 'underWay', string>;
}

const tick = { fill: 'var(--sy-muted)', fontSize: 'var(--sy-meta)' };
const parts = [['onTime', 'var(--sy-chart-1)'], ['late', 'var(--sy-chart-2)'], ['lost', 'var(--sy-chart-5)'], ['underWay', 'var(--sy-chart-6)']] as const;

/** A bar a carrier, parted by how its parcels did. Readers have the table that stands below. */
export default function CarrierBars({ rows, label, write, words }: Props) {
  return (
    <div className={css.chart} role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={rows} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--sy-hairline)" vertical={false} />
          <XAxis type="category" dataKey="name" tick={tick} tickLine={false} axisLine={{ stroke: 'var(--sy-hairline)' }} minTickGap={8} />
          <YAxis type="number" tick={tick} tickLine={false} axisLine={false} tickFormatter={write} allowDecimals={false} width={56} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sy-hover)' }}
            content={({ active, payload }) => {
              const row = active ? (payload?.[0]?.payload as CarrierBar | undefined) : undefined;
              return row ? (
                <div className={css.tip}>
                  <strong>{row.name}</strong>
                  {parts.map(([part]) => <div key={part}>{words[part]} {write(row[part])}</div>)}
                </div>
              ) : null;
            }}
          />
          <Legend iconType="square" iconSize={10} formatter={(text: string) => <span style={{ color: 'var(--sy-text)' }}>{text}</span>} />
          {parts.map(([part, colour]) => <Bar key={part} name={words[part]} dataKey={part} stackId="all" fill={colour} isAnimationActive={false} maxBarSize={48} />)}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
