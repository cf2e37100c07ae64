import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import css from './Partners.module.css';
import { newPassword, partnersOptions } from './partners.ts';
import { StockAge } from './StockAge.tsx';
import en from './texts.en.ts';

type Kind = 'person' | 'key';

/** On the page of a node where others work: who may answer there, what waits for them, and a way in for somebody new. */
export function NodePartner({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const { data } = useQuery({ ...partnersOptions, enabled: may('fulfilment:manage') });
  const [dialog, setDialog] = useState<Kind | null>(null);
  const partner = data?.data.find((p) => p.node === node);
  if (!partner) return null;
  const waiting = [
    partner.new > 0 && t('work.new', { n: partner.new }), partner.accepted > 0 && t('work.accepted', { n: partner.accepted }), partner.stopAsked > 0 && t('work.stop', { n: partner.stopAsked }),
    partner.overdue > 0 && t('work.overdue', { n: partner.overdue }), partner.late > 0 && t('work.late', { n: partner.late }),
  ].filter(Boolean);
  return (
    <Section isSide title={t('partner')}>
      <FieldList
        fields={[
          [t('partners.people'), t('partners.peopleOf', { people: partner.people, keys: partner.keys })],
          [t('partners.seen'), partner.lastSeenAt ? <When key="s" at={partner.lastSeenAt} /> : t('partners.never')],
          [t('stock'), <StockAge key="a" stock={partner.stock} />],
          [t('work.waiting'), waiting.join(', ')],
        ]}
      />
      {may('access:manage') && (
        <div className={css.acts}>
          <Button size="compact-sm" variant="default" onClick={() => setDialog('person')}>
            {t('invite')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDialog('key')}>
            {t('key')}
          </Button>
        </div>
      )}
      {dialog && <Invite kind={dialog} node={node} onClose={() => setDialog(null)} />}
    </Section>
  );
}

function Invite({ kind, node, onClose }: { kind: Kind; node: string; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [userName, setUserName] = useState('');
  const [password] = useState(newPassword);
  const isPerson = kind === 'person';
  const make = useMutation({
    mutationFn: async () =>
      isPerson
        ? (await ask(api.POST('/api/v1/users', { body: { userName, displayName: name, email: null, password, roles: ['partner'], nodes: [node] } })), password)
        : ((await ask(api.POST('/api/v1/keys', { body: { name, scopes: ['partner:work'], nodes: [node], expiresAt: null } }))).secret ?? ''),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['partners'] }),
  });
  const faults = byField(make.error);
  const secret = make.data;
  return (
    <Modal opened onClose={onClose} size="var(--sy-dialog)" closeOnClickOutside={!secret} closeOnEscape={!secret} closeButtonProps={{ 'aria-label': t('close') }}
      title={secret ? t(isPerson ? 'invite.made' : 'key.made', { who: userName, name }) : t(isPerson ? 'invite.title' : 'key.title', { node })}>
      {secret ? (
        <div className="sy-stack">
          <p>{t(isPerson ? 'invite.password' : 'key.secret')}</p>
          <div className={css.secret}>
            <Code>{secret}</Code>
          </div>
          <div className={css.buttons}>
            <Button onClick={onClose}>{t('invite.kept')}</Button>
          </div>
        </div>
      ) : (
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            make.mutate();
          }}
        >
          <p className="sy-muted">{t(isPerson ? 'invite.text' : 'key.text', { node })}</p>
          <TextInput label={t(isPerson ? 'invite.name' : 'key.name')} required value={name} onChange={(e) => setName(e.currentTarget.value)} error={faults['displayName'] ?? faults['name']} maxLength={100} autoComplete="off" data-autofocus />
          {isPerson && <TextInput label={t('invite.user')} required value={userName} onChange={(e) => setUserName(e.currentTarget.value)} error={faults['userName']} maxLength={100} autoComplete="off" />}
          <ProblemAlert error={make.error} shown={['/displayName', '/name', '/userName']} />
          <div className={css.buttons}>
            <Button variant="default" onClick={onClose}>
              {t('notNow')}
            </Button>
            <Button type="submit" loading={make.isPending}>
              {t(isPerson ? 'invite.make' : 'key.make')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
