import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import { Differences } from './Differences.tsx';
import type { Move } from './MoveVersion.tsx';
import css from './Strategy.module.css';
import routing from './Routing.module.css';
import { versionOptions, type ScenarioDraft, type Strategy, type Version } from './strategy.ts';
import en from './texts.en.ts';

const tones: Record<string, Tone> = { live: 'good', shadow: 'progress', checked: 'neutral', retired: 'neutral' };

interface Props {
  strategy: Strategy;
  /** As it stands in the form. */
  draft: ScenarioDraft[];
  canWrite: boolean;
  onMove: (move: Move) => void;
  /** Goes on from these. */
  onBegin: (scenarios: ScenarioDraft[]) => void;
}

/** What was published: which decides, which looks on, how they differ from what is written now, and the way back to each. */
export function Versions({ strategy, draft, canWrite, onMove, onBegin }: Props) {
  const t = useTexts(en);
  const actorName = useActorName();
  const [compared, setCompared] = useState<Version | null>(null);
  return (
    <div className={css.versions}>
      <Section title={t('versions')} beside={strategy.versions.length > 0 ? strategy.versions.length : null}>
        {strategy.versions.length === 0 ? (
          <p className="sy-muted">{t('versions.none')}</p>
        ) : (
          <ScrollPanel label={t('versions')}>
            <table className={routing.table}>
              <thead>
                <tr>
                  <th scope="col">{t('versions.number')}</th>
                  <th scope="col">{t('versions.state')}</th>
                  <th scope="col">{t('versions.published')}</th>
                  <th scope="col"><span className="sy-hidden">{t('versions.actions')}</span></th>
                </tr>
              </thead>
              <tbody>
                {strategy.versions.map((v) => (
                  <tr key={v.number}>
                    <th scope="row">{v.number}</th>
                    <td><Status tone={tones[v.state] ?? 'neutral'}>{t.maybe(`state.${v.state}`)}</Status></td>
                    <td><When at={v.publishedAt} as="dateTime" /> <span className="sy-muted">{actorName(v.publishedBy)}</span></td>
                    <td>
                      <div className={css.actions}>
                        <Button size="compact-sm" variant="default" aria-label={t('compareThis', { n: v.number })} onClick={() => setCompared(v)}>{t('compare')}</Button>
                        {canWrite && v.state !== 'live' && <Button size="compact-sm" variant="default" aria-label={t('ofVersion', { what: t('promote'), n: v.number })} onClick={() => onMove({ to: 'promote', number: v.number })}>{t('promote')}</Button>}
                        {canWrite && v.state !== 'live' && v.state !== 'shadow' && <Button size="compact-sm" variant="default" aria-label={t('ofVersion', { what: t('toShadow'), n: v.number })} onClick={() => onMove({ to: 'shadow', number: v.number })}>{t('toShadow')}</Button>}
                        {canWrite && (v.state === 'live' || v.state === 'shadow') && <Button size="compact-sm" variant="default" aria-label={t('ofVersion', { what: t('takeOut'), n: v.number })} onClick={() => onMove({ to: 'retire', number: v.number })}>{t('takeOut')}</Button>}
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
        )}
      </Section>
      {compared && (
        <Compare
          code={strategy.code}
          version={compared}
          draft={draft}
          onClose={() => setCompared(null)}
          onBegin={
            canWrite
              ? (scenarios) => {
                  onBegin(scenarios);
                  setCompared(null);
                }
              : undefined
          }
        />
      )}
    </div>
  );
}

function Compare({ code, version, draft, onClose, onBegin }: { code: string; version: Version; draft: ScenarioDraft[]; onClose: () => void; onBegin: ((scenarios: ScenarioDraft[]) => void) | undefined }) {
  const t = useTexts(en);
  const { data } = useQuery({ ...versionOptions(code, version.number) });
  return (
    <Modal opened onClose={onClose} title={t('compareTitle', { n: version.number })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        {data && <Differences before={data} after={draft} />}
        <div className={routing.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          {onBegin && data && <Button onClick={() => onBegin(data)}>{t('goBackTo', { n: version.number })}</Button>}
        </div>
      </div>
    </Modal>
  );
}
