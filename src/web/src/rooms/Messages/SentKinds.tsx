import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import { settingsOptions, type MessageSettings } from './messages.ts';
import en from './texts.en.ts';

type Channel = MessageSettings['channels'][number];

/** Which messages go to the buyers of which channel. */
export function SentKinds({ settings }: { settings: MessageSettings }) {
  const t = useTexts(en);
  const may = useMay();
  const [changed, setChanged] = useState<Channel | null>(null);
  const all = settings.kinds.filter((k) => k.isByEvent).map((k) => k.kind);
  const sent = (channel: Channel) => all.filter((k) => channel.kinds.includes(k));
  return (
    <Section title={t('kinds')}>
      <Rows label={t('kinds')}>
        {settings.channels.map((c) => (
          <Row
            key={c.channel}
            name={c.name}
            beside={c.isMarketplace && <Status tone="neutral">{t('kinds.marketplace')}</Status>}
            end={
              may('settings:write') && (
                <Button size="compact-sm" variant="default" onClick={() => setChanged(c)} aria-label={t('kinds.changeOf', { name: c.name })}>
                  {t('change')}
                </Button>
              )
            }
          >
            {sent(c).length === all.length ? t('kinds.all') : sent(c).length === 0 ? t('kinds.none') : sent(c).map((k) => t.maybe(`kind.${k}`)).join(', ')}
          </Row>
        ))}
      </Rows>
      {changed && <KindsDialog settings={settings} channel={changed} all={all} onClose={() => setChanged(null)} />}
    </Section>
  );
}

function KindsDialog({ settings, channel, all, onClose }: { settings: MessageSettings; channel: Channel; all: readonly string[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [kinds, setKinds] = useState<string[]>([...channel.kinds]);
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/message-settings', {
          body: { ...settings.settings, channels: { ...settings.settings.channels, [channel.channel]: [...kinds.filter((k) => all.includes(k)), ...(kinds.length > 0 ? ['trackingLink'] : [])] } },
          headers: ifMatch(settings.version),
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: settingsOptions.queryKey });
      notify(t('saved'));
      onClose();
    },
  });
  return (
    <FormDialog title={t('kinds.of', { name: channel.name })} confirm={t('save')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error}>
      {channel.isMarketplace && <p className="sy-muted">{t('kinds.marketplaceText')}</p>}
      <Checkbox.Group value={kinds} onChange={setKinds} label={t('kinds.sent')}>
        <div className="sy-stack">
          {all.map((k) => (
            <Checkbox key={k} value={k} label={t.maybe(`kind.${k}`)} description={settings.kinds.find((x) => x.kind === k)?.isEssential ? t('kinds.essential') : t('kinds.optional')} />
          ))}
        </div>
      </Checkbox.Group>
    </FormDialog>
  );
}
