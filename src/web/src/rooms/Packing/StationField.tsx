import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { printersOptions } from './table.ts';
import en from './texts.en.ts';
import { useStation } from './useStation.ts';

/** At which station this browser stands. Kept here, since it is the place's and not the person's. */
export function StationField({ node }: { node?: string | undefined }) {
  const t = useTexts(en);
  const [station, setStation] = useStation();
  const { data } = useQuery(printersOptions);
  const stations = data?.stations.filter((s) => !node || s.node === node) ?? [];
  if (stations.length === 0) return null;
  const known = stations.some((s) => s.code === station);
  return (
    <NativeSelect
      aria-label={t('station')}
      value={known ? (station ?? '') : ''}
      onChange={(e) => setStation(e.currentTarget.value || null)}
      data={[{ value: '', label: t('stationNone') }, ...stations.map((s) => ({ value: s.code, label: `${s.code} · ${s.name}` }))]}
    />
  );
}
