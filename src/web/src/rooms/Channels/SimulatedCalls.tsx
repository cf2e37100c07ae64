import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import css from './Channels.module.css';
import { moods, type SimulatorState } from './simulators.ts';
import en from './texts.en.ts';
import { useAct } from './useAct.ts';

/** How many calls a mood lasts; 0: until it is told to behave. */
const spans = [1, 5, 20, 0] as const;
const delays = [0, 5, 30] as const;

/** The simulated vendor misbehaves: towards those who call it, and with the messages it sends. */
export function SimulatedCalls({ name, state: s }: { name: string; state: SimulatorState }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [mood, setMood] = useState<(typeof moods)[number]>('throttled');
  const [calls, setCalls] = useState<number>(5);
  const act = useAct(name);
  const isMoody = s.mood !== 'fine' || s.announced > 0;
  const messages = (change: { losesAll?: boolean; copies?: number; forgesToo?: boolean; delaySeconds?: number }) => act.mutate({ body: { act: 'messages', ...change }, said: t('sim.messages.done') });
  return (
    <>
      <Section title={t('sim.calls')} beside={isMoody && <Status tone="warn">{s.mood === 'fine' ? t('sim.announced', { n: s.announced }) : t(`sim.mood.${s.mood}`)}</Status>}>
        <p className="sy-muted">{t('sim.calls.about')}</p>
        <div className={css.bar} data-fields>
          <NativeSelect label={t('sim.mood')} className={css.wide} value={mood} onChange={(e) => setMood(e.currentTarget.value as typeof mood)} data={moods.map((m) => ({ value: m, label: t(`sim.mood.${m}`) }))} />
          <NativeSelect label={t('sim.span')} value={String(calls)} onChange={(e) => setCalls(Number(e.currentTarget.value))} data={spans.map((n) => ({ value: String(n), label: n === 0 ? t('sim.span.on') : t('sim.span.n', { n }) }))} />
          <Button onClick={() => act.mutate({ body: { act: 'mood', mood, ...(calls > 0 ? { calls } : {}) }, said: t('sim.misbehave.done') })}>{t('sim.misbehave')}</Button>
          {s.mood !== 'fine' && (
            <Button variant="default" onClick={() => act.mutate({ body: { act: 'mood', mood: 'fine' }, said: t('sim.behave.done') })}>
              {t('sim.behave')}
            </Button>
          )}
          <Button variant="default" onClick={() => act.mutate({ body: { act: 'expireTokens' }, said: t('sim.expire.done') })}>
            {t('sim.expire')}
          </Button>
        </div>
      </Section>
      <Section title={t('sim.messages')}>
        <p className="sy-muted">{t('sim.messages.about')}</p>
        <div className={css.bar} data-fields>
          <NativeSelect label={t('sim.copies')} value={String(s.messages.copies)} onChange={(e) => messages({ copies: Number(e.currentTarget.value) })} data={[...new Set([1, 2, 3, s.messages.copies])].map((n) => ({ value: String(n), label: t('sim.copies.n', { n }) }))} />
          <NativeSelect label={t('sim.delay')} value={String(s.messages.delaySeconds)} onChange={(e) => messages({ delaySeconds: Number(e.currentTarget.value) })} data={[...new Set([...delays, s.messages.delaySeconds])].map((n) => ({ value: String(n), label: n === 0 ? t('sim.delay.none') : t('sim.delay.n', { n }) }))} />
          <Button variant="default" onClick={() => act.mutate({ body: { act: 'sendAgain' }, said: t('sim.sendAgain.done') })}>
            {t('sim.sendAgain')}
          </Button>
        </div>
        <Checkbox label={t('sim.losesAll')} checked={s.messages.losesAll} onChange={(e) => messages({ losesAll: e.currentTarget.checked })} />
        <Checkbox label={t('sim.forgesToo')} checked={s.messages.forgesToo} onChange={(e) => messages({ forgesToo: e.currentTarget.checked })} />
        <FieldList
          fields={[
            [t('sim.sent'), number(s.messages.sent)],
            [t('sim.taken'), number(s.messages.taken)],
            [t('sim.lost'), number(s.messages.lost)],
          ]}
        />
        <ProblemAlert error={act.error} what={t('sim.notDone')} shown={[]} />
      </Section>
    </>
  );
}
