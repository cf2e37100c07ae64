import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import css from './Channels.module.css';
import { actsOf, type SimulatedOrder, type SimulatorState } from './simulators.ts';
import en from './texts.en.ts';
import { useAct } from './useAct.ts';

const rates = [0, 1, 6, 30, 120] as const;
const tones: Record<SimulatedOrder['state'], Tone> = { unpaid: 'warn', paid: 'progress', partlyShipped: 'progress', shipped: 'good', cancelled: 'neutral' };

/** Somebody buys in the simulated shop, and changes their mind. */
export function SimulatedOrders({ name, state: s }: { name: string; state: SimulatorState }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [count, setCount] = useState(1);
  const [sku, setSku] = useState('');
  const act = useAct(name);
  const goods = s.goods.find((g) => g.sku === sku);
  return (
    <Section title={t('sim.orders')} beside={t('sim.orders.n', { n: s.orders })}>
      <div className={css.bar} data-fields>
        <NumberInput label={t('sim.count')} value={count} min={1} max={100} allowDecimal={false} w={96} onChange={(v) => setCount(Math.max(1, Number(v) || 1))} />
        <NativeSelect
          label={t('sim.goods')}
          className={css.wide}
          value={sku}
          onChange={(e) => setSku(e.currentTarget.value)}
          data={[{ value: '', label: t('sim.anything') }, ...s.goods.map((g) => ({ value: g.sku, label: t('sim.goodsOf', { title: g.title, n: g.units }) }))]}
        />
        <Button loading={act.isPending && act.variables.body.act === 'place'} onClick={() => act.mutate({ body: { act: 'place', count, ...(sku ? { sku } : {}) }, said: t('sim.placed', { n: count }) })}>
          {t('sim.place')}
        </Button>
        {goods && goods.units > 0 && (
          <Button variant="default" onClick={() => act.mutate({ body: { act: 'buyAll', sku }, said: t('sim.boughtAll', { n: goods.units, title: goods.title }) })}>
            {t('sim.buyAll', { n: goods.units })}
          </Button>
        )}
        <NativeSelect
          label={t('sim.stream')}
          value={String(s.perMinute)}
          onChange={(e) => {
            const perMinute = Number(e.currentTarget.value);
            act.mutate({ body: { act: 'stream', perMinute }, said: t(perMinute === 0 ? 'sim.streamStopped' : 'sim.streamStarted', { n: perMinute }) });
          }}
          data={[...new Set([...rates, s.perMinute])].map((n) => ({ value: String(n), label: n === 0 ? t('sim.stream.none') : t('sim.stream.n', { n: number(n) }) }))}
        />
      </div>
      <ProblemAlert error={act.error} what={t('sim.notDone')} shown={[]} />
      {s.latestOrders.length > 0 && (
        <Rows label={t('sim.latest')}>
          {s.latestOrders.map((o) => (
            <Row
              key={o.id}
              name={<span className="sy-code">{o.number}</span>}
              beside={<Status tone={tones[o.state]}>{t(`sim.order.${o.state}`)}</Status>}
              end={actsOf(o.state).map((a) => (
                <Button key={a} size="compact-sm" variant="default" disabled={act.isPending} aria-label={t(`sim.${a}Of`, { number: o.number })} onClick={() => act.mutate({ body: { act: a, order: o.id }, said: t(`sim.${a}.done`, { number: o.number }) })}>
                  {t(`sim.${a}`)}
                </Button>
              ))}
            >
              <When at={o.placedAt} /> · <bdi>{o.buyer}</bdi> · <bdi>{o.to}</bdi> · <bdi>{o.total}</bdi>
            </Row>
          ))}
        </Rows>
      )}
    </Section>
  );
}
