import { Button, NativeSelect } from '@mantine/core';
import type { Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconMinus } from '@house/icons.ts';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Layers } from './Layers.tsx';
import css from './ParcelPanel.module.css';
import { Scales } from './Scales.tsx';
import type { Carton, Packaging, Parcel, Table } from './table.ts';
import en from './texts.en.ts';

interface Props {
  table: Table;
  active: Parcel | undefined;
  suggestion: Carton | undefined;
  carton: Schema['SuggestCartonResponse'] | undefined;
  packaging: Packaging[];
  mayWork: boolean;
  onChoose: (parcel: number) => void;
  onAnother: () => void;
  onPackaging: (code: string) => void;
  onTakeOut: (line: number, serial: string | null) => void;
  onWeigh: (grams: number, reason?: string) => Promise<boolean>;
}

/** The parcel in hand: its box with a picture of how it fills, what lies in it, and its weight. */
export function ParcelPanel({ table, active, suggestion, carton, packaging, mayWork, onChoose, onAnother, onPackaging, onTakeOut, onWeigh }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const here = packaging.filter((p) => p.isActive && (p.node === null || p.node === table.node));
  const code = active?.packaging ?? null;
  const box = here.find((p) => p.code === (code ?? suggestion?.packaging));
  const sizeOf = (p: Packaging) => `${[p.inner.lengthMm, p.inner.widthMm, p.inner.heightMm].map((mm) => number(mm / 10)).join(' × ')} cm`;
  const left = carton?.unpacked.reduce((n, u) => n + u.quantity, 0) ?? 0;
  const no = active?.parcel ?? 1;
  return (
    <Section
      title={t('parcelN', { n: no })}
      beside={table.parcels.length > 1 ? t('ofParcels', { n: table.parcels.length }) : undefined}
      actions={
        mayWork &&
        table.parcels.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={onAnother}>
            {t('another')} <kbd className={css.kbd}>F4</kbd>
          </Button>
        )
      }
    >
      <div className={css.panel}>
        {table.parcels.length > 1 && (
          <div className={css.tabs} role="group" aria-label={t('parcels')}>
            {table.parcels.map((p) => (
              <Button key={p.parcel} size="compact-sm" variant={p.parcel === no ? 'light' : 'subtle'} aria-pressed={p.parcel === no} onClick={() => onChoose(p.parcel)}>
                {t('parcelTab', { n: p.parcel, units: p.lines.reduce((n, l) => n + l.quantity, 0) })}
              </Button>
            ))}
          </div>
        )}
        {here.length > 0 ? (
          <div className={css.box}>
            <NativeSelect
              label={t('box')}
              value={code ?? ''}
              disabled={!mayWork}
              onChange={(e) => e.currentTarget.value && onPackaging(e.currentTarget.value)}
              data={[...(code === null ? [{ value: '', label: suggestion ? t('boxFirst', { name: suggestion.name }) : t('boxNone') }] : []), ...here.map((p) => ({ value: p.code, label: `${p.name} · ${sizeOf(p)}${p.supply === null ? '' : ` · ${t('supply', { n: p.supply })}`}` }))]}
            />
            {suggestion && (code === null || code === suggestion.packaging) && <Status tone="good" isPlain>{t('suggested')}</Status>}
            {suggestion && code !== null && code !== suggestion.packaging && (
              <Button size="compact-sm" variant="subtle" onClick={() => onPackaging(suggestion.packaging)}>
                {t('takeSuggested', { name: suggestion.name })}
              </Button>
            )}
            {box?.supply === 0 && <Status tone="warn" isPlain>{t('supplyNone')}</Status>}
          </div>
        ) : (
          <p className="sy-muted">{t('noPackaging')}</p>
        )}
        {suggestion && (code === null || code === suggestion.packaging) && <Layers box={suggestion} lines={table.lines} />}
        {carton && carton.unmeasured.length > 0 && <p className="sy-meta">{t('unmeasured', { items: carton.unmeasured.map((n) => table.lines.find((l) => l.line === n)?.sku ?? n).join(', ') })}</p>}
        {left > 0 && <p className="sy-meta">{t('unpacked', { n: left })}</p>}
        {active && active.lines.length > 0 && (
          <ul className={css.inside} aria-label={t('inside', { n: no })}>
            {active.lines.map((l) => {
              const line = table.lines.find((of) => of.line === l.line);
              const name = line?.name ?? line?.sku ?? '';
              return (
                <li key={l.line} className={css.part}>
                  <span className="sy-strong">{l.quantity} ×</span>
                  <span className="sy-grow" dir="auto">
                    {name}
                    {line?.text && <> · <q>{line.text}</q></>}
                    {!(mayWork && l.units.some((u) => u.serial)) && l.units.length > 0 && <span className="sy-meta sy-code"> {l.units.map((u) => u.serial || u.lot).join(', ')}</span>}
                  </span>
                  {mayWork &&
                    (l.units.some((u) => u.serial) ? l.units.map((u) => u.serial) : [null]).map((serial) => (
                      <Button key={serial ?? ''} size="compact-sm" variant="subtle" aria-label={t('takeOut', { name: serial ? `${name} ${serial}` : name })} onClick={() => onTakeOut(l.line, serial)}>
                        <IconMinus size={16} aria-hidden />
                        {serial}
                      </Button>
                    ))}
                </li>
              );
            })}
          </ul>
        )}
        {active && active.lines.length > 0 && <Scales key={active.parcel} parcel={active} mayWork={mayWork} isNext={table.left === 0} onWeigh={onWeigh} />}
      </div>
    </Section>
  );
}
