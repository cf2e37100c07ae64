import { Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import css from './Messages.module.css';
import { settingsOptions, type MessageSettings } from './messages.ts';
import en from './texts.en.ts';

/** How messages and the tracking page look, and where customers find it. */
export function LookSettings({ settings }: { settings: MessageSettings }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const [said, setSaid] = useState(settings.settings);
  const [isRotating, setRotating] = useState(false);
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/message-settings', { body: { ...said, publicUrl: said.publicUrl || null, footer: said.footer || null, contact: said.contact || null, privacyUrl: said.privacyUrl || null }, headers: ifMatch(settings.version) })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: settingsOptions.queryKey });
      notify(t('saved'));
    },
  });
  const faults = byField(save.error);
  const mayWrite = may('settings:write');
  const field = (name: 'publicUrl' | 'contact' | 'privacyUrl' | 'footer') => (
    <TextInput label={t(`look.${name}`)} description={t(`look.${name}Text`)} value={said[name] ?? ''} onChange={(e) => setSaid({ ...said, [name]: e.currentTarget.value })} error={faults[name]} readOnly={!mayWrite} />
  );
  return (
    <Section
      title={t('look')}
      actions={
        mayWrite && (
          <Button size="compact-sm" variant="default" onClick={() => setRotating(true)}>
            {t('keys.rotate')}
          </Button>
        )
      }
    >
      <Figures />
      <form
        className={css.stack}
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate();
        }}
      >
        <Switch label={t('look.hasPage')} checked={said.hasTrackingPage} onChange={(e) => setSaid({ ...said, hasTrackingPage: e.currentTarget.checked })} disabled={!mayWrite} />
        <div className={css.fields}>
          {field('publicUrl')}
          <NumberInput label={t('look.linkDays')} description={t('look.linkDaysText')} value={said.linkDays ?? 180} min={7} max={730} allowDecimal={false} onChange={(v) => setSaid({ ...said, linkDays: Number(v) || null })} error={faults['linkDays']} readOnly={!mayWrite} />
          <TextInput type="color" label={t('look.accent')} description={t('look.accentText')} value={said.accent ?? settings.look.accent} onChange={(e) => setSaid({ ...said, accent: e.currentTarget.value })} error={faults['accent']} disabled={!mayWrite} />
          {field('contact')}
          {field('privacyUrl')}
          {field('footer')}
        </div>
        <ProblemAlert error={save.error} shown={['/publicUrl', '/contact', '/privacyUrl', '/footer', '/linkDays', '/accent']} />
        {mayWrite && (
          <div>
            <Button type="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
      {isRotating && <RotateDialog onClose={() => setRotating(false)} />}
    </Section>
  );
}

/** How many can see for themselves where their order is. */
function Figures() {
  const t = useTexts(en);
  const may = useMay();
  const { data } = useQuery({ queryKey: ['reports', 'tracking'], queryFn: ({ signal }) => ask(api.GET('/api/v1/reports/tracking', { signal })), enabled: may('reports:read') });
  if (!data || data.shippedOrders === 0) return null;
  return <p>{t('look.figures', { shipped: data.shippedOrders, pages: data.withPage, opened: data.opened, views: data.views })}</p>;
}

function RotateDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  const [days, setDays] = useState(180);
  const rotate = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/tracking-keys', { body: { retireAfterDays: days } })),
    onSuccess: () => {
      notify(t('keys.rotated'));
      onClose();
    },
  });
  return (
    <FormDialog title={t('keys.rotate')} confirm={t('keys.rotate')} onClose={onClose} onSubmit={() => rotate.mutate()} isPending={rotate.isPending} error={rotate.error} isDanger={days === 0}>
      <p>{t('keys.text')}</p>
      <NumberInput label={t('keys.days')} description={t('keys.daysText')} value={days} min={0} max={730} allowDecimal={false} onChange={(v) => setDays(Number(v) || 0)} data-autofocus />
    </FormDialog>
  );
}
