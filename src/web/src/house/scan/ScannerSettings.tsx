import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import { useDevice } from './device.ts';
import { leastGap, mostGap } from './wedge.ts';
import { showGs1 } from './gs1.ts';
import type { Scan } from './read.ts';
import { signal } from './signals.ts';
import { useScanner } from './useScanner.ts';
import css from './ScannerSettings.module.css';
import en from './texts.en.ts';

/** How the scanner of this device types, whether it sounds and shakes; with a place to try it. */
export function ScannerSettings() {
  const t = useTexts(en);
  const [device, set] = useDevice();
  const [seen, setSeen] = useState<Scan | null>(null);
  useScanner((scan) => {
    setSeen(scan);
    signal(scan.fault ? 'wrong' : 'right');
  });
  return (
    <div className="sy-stack">
      <div className={css.try} role="status">
        <span className="sy-meta">{t('try')}</span>
        {seen && (
          <>
            <bdi className={css.seen}>{seen.gs1 ? showGs1(seen.gs1) : seen.text}</bdi>
            <span>{seen.fault ? t.maybe(`fault.${seen.fault}`) : seen.command ? t('isCommand', { name: t(`command.${seen.command}`) }) : seen.gs1 ? t('isGs1') : seen.barcode?.kind === 'code' ? t('isCode') : t('isGtin')}</span>
          </>
        )}
      </div>
      <Select
        label={t('suffix')}
        description={t('suffixHint')}
        value={device.suffix}
        allowDeselect={false}
        data={(['either', 'enter', 'tab', 'none'] as const).map((value) => ({ value, label: t(`suffix.${value}`) }))}
        onChange={(value) => value && set({ suffix: value as typeof device.suffix })}
      />
      <NumberInput label={t('gap')} description={t('gapHint')} value={device.gap} min={leastGap} max={mostGap} step={10} allowDecimal={false} onChange={(value) => typeof value === 'number' && value >= leastGap && set({ gap: value })} />
      <TextInput label={t('prefix')} description={t('prefixHint')} value={device.prefix} maxLength={8} autoComplete="off" spellCheck={false} onChange={(e) => set({ prefix: e.currentTarget.value })} />
      <TextInput label={t('fnc1')} description={t('fnc1Hint')} value={device.fnc1} maxLength={4} autoComplete="off" spellCheck={false} onChange={(e) => set({ fnc1: e.currentTarget.value })} />
      <Switch
        label={t('sound')}
        checked={device.sound}
        onChange={(e) => {
          set({ sound: e.currentTarget.checked });
          if (e.currentTarget.checked) signal('right');
        }}
      />
      <Switch
        label={t('vibration')}
        checked={device.vibration}
        onChange={(e) => {
          set({ vibration: e.currentTarget.checked });
          if (e.currentTarget.checked) signal('right');
        }}
      />
    </div>
  );
}
