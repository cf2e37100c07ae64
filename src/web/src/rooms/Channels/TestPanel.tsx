import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import type { Connection, Tested } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';

/** Asks the channel now with the credentials it has, and shows the shop that answers. */
export function TestPanel({ connection: c, isFirst = false, onGood }: { connection: Connection; isFirst?: boolean; onGood?: () => void }) {
  const t = useTexts(en);
  const mayWrite = useMay()('settings:write');
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/test', { params: { path: { channel: c.channel } } })),
    onSuccess: (said) => {
      void queries.invalidateQueries({ queryKey: ['connections'] });
      if (said.ok) onGood?.();
    },
  });
  return (
    <>
      <div className={css.buttons}>
        {mayWrite && (
          <Button variant={isFirst ? 'filled' : 'default'} loading={test.isPending} onClick={() => test.mutate()}>
            {t('test')}
          </Button>
        )}
        {c.testedAt && !test.data && <span className="sy-muted">{t.node('test.last', { when: <When at={c.testedAt} /> })}</span>}
      </div>
      <ProblemAlert error={test.error} what={t('test.notAsked')} />
      <div role="status">{test.data && <Outcome said={test.data} />}</div>
    </>
  );
}

function Outcome({ said }: { said: Tested }) {
  const t = useTexts(en);
  const { list } = useFormat();
  if (!said.ok || !said.shop)
    return (
      <div className={css.fault}>
        <strong>{t.maybe(`fault.${said.fault ?? 'unknown'}`)}</strong>
        {said.said && <span dir="auto">{said.said}</span>}
      </div>
    );
  const { shop } = said;
  return (
    <div className="sy-stack">
      <span>
        <Status tone={shop.missing.length > 0 ? 'warn' : 'good'}>{t(shop.missing.length > 0 ? 'test.lacks' : 'test.good')}</Status>
      </span>
      <FieldList
        fields={[
          [t('shop'), shop.name],
          [t('shop.currency'), shop.currency],
          [t('shop.zone'), shop.timeZone],
          [t('shop.places'), shop.places.length > 0 && list(shop.places.map((p) => (p.name && p.name !== p.id ? `${p.name} (${p.id})` : p.id)))],
          [t('shop.missing'), shop.missing.length > 0 && list([...shop.missing])],
        ]}
      />
    </div>
  );
}
