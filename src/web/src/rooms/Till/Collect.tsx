import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { signal } from '@house/scan/signals.ts';
import handheld from '@rooms/Handheld/Handheld.module.css';
import en from './texts.en.ts';

/** What of an order lies ready at this counter: it is handed to the customer who collects it. */
export function Collect({ ready }: { ready: readonly Schema['FulfilmentView'][] }) {
  const t = useTexts(en);
  const give = useMutation({
    mutationFn: (release: Schema['FulfilmentView']) => ask(api.POST('/api/v1/fulfilments/{id}/collected', { params: { path: { id: release.id } }, headers: { ...ifMatch(release.version) } })),
    onSuccess: (_, release) => {
      setGiven((all) => [...all, release.id]);
      signal('done');
    },
  });
  const [given, setGiven] = useState<string[]>([]);
  return (
    <section className="sy-stack" aria-label={t('collect')}>
      <h2>{t('collect')}</h2>
      {ready.map((release) => (
        <Button key={release.id} className={handheld.big!} fullWidth loading={give.isPending && give.variables.id === release.id} disabled={given.includes(release.id)} onClick={() => give.mutate(release)}>
          {t(given.includes(release.id) ? 'collect.done' : 'collect.give', { number: release.number })}
        </Button>
      ))}
      <ProblemAlert error={give.error} what={t('collect.not')} />
    </section>
  );
}
