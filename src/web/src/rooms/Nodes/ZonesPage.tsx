import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconDownload, IconUpload } from '@house/icons.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { FileButton } from '@house/parts/FileButton.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { useList } from '@house/parts/useList.ts';
import { useMay } from '@house/session.tsx';
import en from './texts.en.ts';
import { countriesOf, wholeCountries, zonePage, type Zone } from './zones.ts';

const mostNamed = 6;

/** Where deliveries go: each zone is some countries, or parts of them by the beginnings of their postcodes. */
export default function ZonesPage() {
  const t = useTexts(en);
  const may = useMay();
  const { locale } = useSpeech();
  const list = useList<Zone>({
    key: ['zones'],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/zones', { params: { query: { limit, ...(after ? { after } : {}) } }, signal })),
  });
  const columns = useMemo<Column<Zone>[]>(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
    const part = (zone: Zone) =>
      countriesOf(zone).map(({ country, prefixes }) => {
        const name = names.of(country) ?? country;
        if (wholeCountries(zone).has(country)) return name;
        const rest = prefixes.length - mostNamed;
        return `${name}: ${prefixes.slice(0, mostNamed).join(', ')}${rest > 0 ? ` +${rest}` : ''}`;
      });
    return [
      { id: 'name', header: t('name'), width: 280, cell: (z) => <bdi>{z.name}</bdi> },
      { id: 'where', header: t('zones.where'), cell: (z) => <bdi>{part(z).join(' · ') || '–'}</bdi> },
    ];
  }, [t, locale]);
  const make = may('nodes:write') && <Button component={Link} {...({ to: '/new/zone' } as object)}>{t('zones.new')}</Button>;
  return (
    <>
      <PageHead
        title={t('zones')}
        actions={
          <>
            <FileButton path="/api/v1/exports/zones.csv" save variant="default" leftSection={<IconDownload size={16} aria-hidden />}>{t('zones.export')}</FileButton>
            {may('nodes:write') && <Button component={Link} {...({ to: '/imports', search: { kind: 'zones' } } as object)} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>{t('zones.import')}</Button>}
            {make}
          </>
        }
      />
      <DataTable<Zone>
        label={t('zones')}
        list={list}
        columns={columns}
        rowId={(z) => z.code}
        rowName={(z) => z.code}
        rowLink={(z) => zonePage(z.code)}
        nameHeader={t('code')}
        card={(z) => (
          <>
            <bdi className="sy-clip">{z.name}</bdi>
            {columns[1]!.cell(z)}
          </>
        )}
        empty={<EmptyState kind="first" title={t('zones.none')} text={t('zones.noneText')} action={make} />}
      />
    </>
  );
}
