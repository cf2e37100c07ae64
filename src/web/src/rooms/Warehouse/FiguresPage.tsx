import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Contacts } from './Contacts.tsx';
import { Costs } from './Costs.tsx';
import { daysOf, presets, presetOf, type Preset } from './figures.ts';
import { Frame } from './Frame.tsx';
import { PickFigures } from './PickFigures.tsx';
import { Speed } from './Speed.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

/** What the work of some days was: who picked how much, how fast orders left, what they cost, and who asked where they are. */
export default function FiguresPage() {
  return <Frame section="figures">{(node) => <Figures key={node} node={node} />}</Frame>;
}

function Figures({ node }: { node: string }) {
  const t = useTexts(en);
  const [url, setUrl] = useUrlState();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const preset = presetOf(url);
  const days = daysOf(url, today);
  return (
    <div className={css.page}>
      <div className={css.period} role="group" aria-label={t('figures.period')}>
        <NativeSelect
          label={t('figures.period')}
          value={preset}
          data={[...presets.map((p) => ({ value: p, label: t(`figures.period.${p}`) })), { value: 'own', label: t('figures.period.own') }]}
          onChange={(e) => {
            const chosen = e.currentTarget.value as Preset | 'own';
            setUrl(chosen === 'own' ? { days: 'own', from: days.from, to: days.to } : { days: chosen === '30' ? undefined : chosen, from: undefined, to: undefined });
          }}
        />
        {preset === 'own' && (
          <>
            <TextInput type="date" label={t('figures.from')} value={days.from} max={days.to} onChange={(e) => e.currentTarget.value && setUrl({ from: e.currentTarget.value })} />
            <TextInput type="date" label={t('figures.to')} value={days.to} min={days.from} max={today} onChange={(e) => e.currentTarget.value && setUrl({ to: e.currentTarget.value })} />
          </>
        )}
      </div>
      <PickFigures node={node} days={days} />
      <Speed node={node} days={days} />
      <Costs node={node} days={days} />
      <Contacts days={days} />
    </div>
  );
}
