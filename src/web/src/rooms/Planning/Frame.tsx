import { useTexts } from '@house/i18n/useTexts.tsx';
import { RoomFrame, type FrameProps } from '@house/parts/RoomFrame.tsx';
import { sections, type SectionId } from './sections.ts';
import en from './texts.en.ts';

/** What the pages of planning share: the way to the others. */
export function Frame(props: FrameProps<SectionId>) {
  const t = useTexts(en);
  return <RoomFrame sections={sections} label={t('title')} nameOf={t} {...props} />;
}
