import { Button, Loader, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ofMerchant } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { signal } from '@house/scan/signals.ts';
import css from './Handheld.module.css';
import { Picture } from './Picture.tsx';
import type { Round } from './useRound.ts';
import { stopOf } from './walk.ts';
import en from './texts.en.ts';

interface Props {
  round: Round;
  /** Units of the present stop that were there. */
  found: number;
  onClose: () => void;
}

/** What goes in place of what lacks: the house knows what it has, so this needs network. A stop for it comes next. */
export function Instead({ round, found, onClose }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const stop = stopOf(round.walk!)!;
  const lacks = stop.quantity - found;
  // The same choice sent twice is one choice.
  const [ids] = useState(() => new Map<string, string>());
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<{ words?: string; error?: unknown } | null>(null);
  const key = ['handheld', 'instead', stop.id];
  const offers = useQuery({
    queryKey: key,
    queryFn: ({ signal: cut }) => ask(api.GET('/api/v1/pick-tasks/{id}/substitutes', { params: { path: { id: stop.id } }, headers: ofMerchant(stop.merchant), signal: cut })),
    staleTime: 0,
    gcTime: 0,
    enabled: !round.isOffline,
  });
  const take = async (sku: string) => {
    setBusy(sku);
    setSaid(null);
    try {
      if (!ids.has(sku)) ids.set(sku, crypto.randomUUID());
      const answer = await round.instead({ id: ids.get(sku)!, task: stop.id, kind: 'substitute', quantity: found, instead: sku, at: new Date().toISOString() });
      if (answer === null) setSaid({ words: t('instead.needsNetwork') });
      else if (answer.outcome === 'ok') {
        signal('right');
        onClose();
      } else {
        signal('wrong');
        ids.delete(sku);
        if (answer.outcome === 'clash') return onClose();
        setSaid({ words: t(answer.code === 'fulfilment.substitute_gone' ? 'instead.gone' : 'instead.not') });
        await queries.invalidateQueries({ queryKey: key });
      }
    } catch (error) {
      setSaid({ error });
    } finally {
      setBusy(null);
    }
  };
  const choices = offers.data?.substitutes ?? [];
  return (
    <Modal opened onClose={onClose} title={t('instead.title', { n: lacks })} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }}>
      <div className={css.sheet}>
        {round.isOffline && <p role="status">{t('instead.needsNetwork')}</p>}
        {offers.isFetching && !offers.data && <Loader aria-label={t('instead.looking')} />}
        <ProblemAlert error={offers.error ?? said?.error ?? null} again={() => void offers.refetch()} />
        {said?.words && <p role="alert" className={css.lacks}>{said.words}</p>}
        {offers.data && choices.length === 0 && <p>{t('instead.none')}</p>}
        <ul className={css.cards} aria-label={t('instead.offers')}>
          {choices.map((offer) => (
            <li key={offer.sku}>
              <Button className={css.offer!} variant="default" fullWidth disabled={round.isOffline || (busy !== null && busy !== offer.sku)} loading={busy === offer.sku} onClick={() => void take(offer.sku)}>
                <Picture url={offer.picture} />
                <span className={css.cardWords}>
                  <strong dir="auto">{offer.name}</strong>
                  <span className="sy-muted sy-code">{offer.sku}</span>
                  <span>
                    {offer.bin ? <bdi className="sy-strong">{offer.bin}</bdi> : t('noBin')}
                    {' · '}
                    {offer.units < lacks ? t('instead.only', { n: offer.units }) : t('instead.units', { n: offer.units })}
                  </span>
                </span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}
