import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import css from './DashboardPage.module.css';

interface Props {
  rows: { name: string; value: number }[];
  write: (n: number) => string;
  label: string;
  /** Names at the side and bars lying: for names that are long. */
  isLying?: boolean;
}

const tick = { fill: 'var(--sy-muted)', fontSize: 'var(--sy-meta)' };

const shortened = (name: string) => (name.length > 18 ? `${name.slice(0, 17)}…` : name);

/** Bars of one colour. Readers have the table that stands below. */
export default function Bars({ rows, write, label, isLying = false }: Props) {
  const numbers = { type: 'number', tick, tickLine: false, axisLine: false, tickFormatter: write, allowDecimals: false } as const;
  const names = { type: 'category', dataKey: 'name', tick, tickLine: false, axisLine: { stroke: 'var(--sy-hairline)' } } as const;
  return (
    <div className={css.chart} role="img" aria-label={label} style={isLying ? { height: `max(224px, ${rows.length * 28 + 32}px)` } : undefined}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={rows} layout={isLying ? 'vertical' : 'horizontal'} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--sy-hairline)" vertical={isLying} horizontal={!isLying} />
          {isLying ? <XAxis {...numbers} /> : <XAxis {...names} minTickGap={24} />}
          {isLying ? <YAxis {...names} width={136} interval={0} tickFormatter={shortened} /> : <YAxis {...numbers} width={72} />}
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sy-hover)' }}
            content={({ active, payload }) => {
              const row = active ? (payload?.[0]?.payload as Props['rows'][number] | undefined) : undefined;
              return row ? (
                <div className={css.tip}>
                  {row.name} <strong>{write(row.value)}</strong>
                </div>
              ) : null;
            }}
          />
          <Bar dataKey="value" fill="var(--sy-chart-1)" isAnimationActive={false} maxBarSize={24} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
