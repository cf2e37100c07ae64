import { Autocomplete, Button, Modal, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Status } from '@house/parts/Status.tsx';
import { toneOfOutcome, type Ranker } from './rankers.ts';
import css from './Routing.module.css';
import en from './texts.en.ts';
import { useOffers } from './useOffers.ts';

/** Asks a ranker about a made-up order, and shows its points beside the nodes it was asked about. No order is touched. */
export function RankerTry({ ranker, onClose }: { ranker: Ranker; onClose: () => void }) {
  const t = useTexts(en);
  const offers = useOffers();
  const [country, setCountry] = useState('GB');
  const [postcode, setPostcode] = useState('');
  const [method, setMethod] = useState('standard');
  const [sku, setSku] = useState('');
  const trial = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/routing/rankers/{code}/try', { params: { path: { code: ranker.code } }, body: { country, postcode: postcode.trim() || null, method: method.trim() || null, sku: sku.trim() || null } })),
  });
  const said = trial.data;
  const nodes = said ? [...new Set([...Object.keys(said.scores), ...said.question.nodes.map((n) => n.node)])].sort((a, b) => (said.scores[b] ?? -1) - (said.scores[a] ?? -1) || a.localeCompare(b)) : [];
  return (
    <Modal opened onClose={onClose} title={t('rankers.tryOf', { name: ranker.name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            trial.mutate();
          }}
        >
          <p className="sy-muted">{t('rankers.tryText')}</p>
          <div className={css.form}>
            <Select label={t('country')} value={country} data={offers.country} searchable allowDeselect={false} onChange={(v) => v && setCountry(v)} />
            <TextInput label={t('postcode')} value={postcode} maxLength={20} onChange={(e) => setPostcode(e.currentTarget.value)} />
            <Autocomplete label={t('method')} value={method} data={offers.method.map((m) => m.value)} onChange={setMethod} />
            <TextInput label={t('rankers.sku')} value={sku} maxLength={100} onChange={(e) => setSku(e.currentTarget.value)} />
          </div>
          <div className={css.buttons}>
            <Button variant="default" onClick={onClose}>{t('back')}</Button>
            <Button type="submit" loading={trial.isPending}>{t('rankers.ask')}</Button>
          </div>
        </form>
        <ProblemAlert error={trial.error} />
        {said && (
          <div role="status" className="sy-stack">
            <p>
              <Status tone={toneOfOutcome(said.outcome)}>{t.maybe(`rankers.outcome.${said.outcome}`)}</Status> <span className="sy-muted">{t('rankers.took', { n: said.tookMs })}</span>
            </p>
            {said.fault && <p dir="auto">{said.fault}</p>}
            {nodes.length === 0 ? (
              <p className="sy-muted">{t('rankers.noNodes')}</p>
            ) : (
              <ScrollPanel label={t('rankers.points')}>
                <table className={css.table}>
                  <thead>
                    <tr>
                      <th scope="col">{t('node')}</th>
                      <th scope="col" className={css.end}>{t('rankers.points')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {nodes.map((node) => (
                      <tr key={node}>
                        <th scope="row"><bdi>{node}</bdi></th>
                        <td className={css.end}>{said.scores[node] ?? <span className="sy-muted">{t('rankers.noPoints')}</span>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollPanel>
            )}
          </div>
        )}
      </div>
    </Modal>
  );
}
