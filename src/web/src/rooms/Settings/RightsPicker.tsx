import { Checkbox, Switch } from '@mantine/core';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { byArea, priceRights, seesPrices, type Right } from './access.ts';
import css from './Settings.module.css';
import en from './texts.en.ts';

interface Props {
  all: readonly Right[];
  value: readonly string[];
  onChange: (rights: string[]) => void;
  error?: string | undefined;
  isReadOnly?: boolean;
}

/** Which rights: by what they are about, and above all whether amounts are seen. */
export function RightsPicker({ all, value, onChange, error, isReadOnly = false }: Props) {
  const t = useTexts(en);
  const set = (codes: readonly string[], isOn: boolean) => onChange(all.map((r) => r.code).filter((c) => (codes.includes(c) ? isOn : value.includes(c))));
  return (
    <div className="sy-stack">
      <Switch
        label={t('rights.noPrices')}
        description={t('rights.noPricesText')}
        checked={!seesPrices(value)}
        disabled={isReadOnly}
        onChange={(e) => (e.currentTarget.checked ? set(priceRights, false) : set(['prices:read'], true))}
      />
      {error && <p className={css.fault} role="alert">{error}</p>}
      {byArea(all).map(([area, rights]) => (
        <fieldset key={area} className={css.area}>
          <legend>{t.maybe(`area.${area}`)}</legend>
          {rights.map((r) => (
            <Checkbox key={r.code} label={`right.${r.code}` in en.words ? t.maybe(`right.${r.code}`) : r.meaning} description={r.code} checked={value.includes(r.code)} disabled={isReadOnly} onChange={(e) => set([r.code], e.currentTarget.checked)} />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
