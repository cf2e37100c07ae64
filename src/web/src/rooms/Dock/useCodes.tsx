import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { IconCamera, IconKeyboard } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { hasCameraReader } from '@house/scan/camera.ts';
import { CameraScan } from '@house/scan/CameraScan.tsx';
import type { Scan } from '@house/scan/read.ts';
import { TypeCode } from '@house/scan/TypeCode.tsx';
import { useScanner } from '@house/scan/useScanner.ts';
import css from '@rooms/Handheld/Handheld.module.css';
import en from './texts.en.ts';

/** Hears the scanner, and gives the buttons for a code that it does not read: by the camera, or by hand. */
export function useCodes(onScan: (scan: Scan) => void, isOn = true): { buttons: ReactNode; panel: ReactNode } {
  const t = useTexts(en);
  const [panel, setPanel] = useState<'type' | 'camera' | null>(null);
  const { say } = useScanner(
    (scan) => {
      setPanel(null);
      onScan(scan);
    },
    { isOn },
  );
  return {
    buttons: (
      <>
        {hasCameraReader() && (
          <Button className={css.big!} variant="default" leftSection={<IconCamera size={24} aria-hidden />} onClick={() => setPanel('camera')}>
            {t('camera')}
          </Button>
        )}
        <Button className={css.big!} variant="default" leftSection={<IconKeyboard size={24} aria-hidden />} onClick={() => setPanel('type')}>
          {t('type')}
        </Button>
      </>
    ),
    panel: (
      <>
        {panel === 'type' && <TypeCode onClose={() => setPanel(null)} onCode={(code) => say(code, 'typed')} />}
        {panel === 'camera' && <CameraScan onClose={() => setPanel(null)} onCode={(code) => say(code, 'camera')} />}
      </>
    ),
  };
}
