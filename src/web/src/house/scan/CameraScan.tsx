import { Button, Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { IconTorch } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { makeDetector, SeenOnce } from './camera.ts';
import css from './CameraScan.module.css';
import en from './texts.en.ts';

const pause = 120;

/** The camera's picture over the page; each code it sees is told once. Show it only where `hasCameraReader()`. */
export function CameraScan({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) {
  const t = useTexts(en);
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onCode);
  useEffect(() => {
    tell.current = onCode;
  });
  const [fault, setFault] = useState<'refused' | 'none' | null>(null);
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [isLit, setIsLit] = useState(false);

  useEffect(() => {
    let isOver = false;
    let stream: MediaStream | null = null;
    const watch = async () => {
      const detector = await makeDetector();
      if (!detector) return setFault('none');
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      const shown = video.current;
      if (isOver || !shown) return stream.getTracks().forEach((one) => one.stop());
      shown.srcObject = stream;
      await shown.play();
      setTrack(stream.getVideoTracks()[0] ?? null);
      const seen = new SeenOnce();
      while (!isOver) {
        const codes = await detector.detect(shown).catch(() => []);
        for (const code of codes) if (seen.isNew(code.rawValue, performance.now())) tell.current(code.rawValue);
        await new Promise((done) => setTimeout(done, pause));
      }
    };
    watch().catch((error: unknown) => {
      if (!isOver) setFault(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'none');
    });
    return () => {
      isOver = true;
      stream?.getTracks().forEach((one) => one.stop());
    };
  }, []);

  const hasTorch = track !== null && 'torch' in (track.getCapabilities?.() ?? {});
  const light = () => {
    void track?.applyConstraints({ advanced: [{ torch: !isLit } as MediaTrackConstraintSet] }).then(() => setIsLit(!isLit), () => undefined);
  };
  return (
    <Modal opened onClose={onClose} fullScreen title={t('camera')} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }} classNames={{ body: css.body! }}>
      {fault ? (
        <p role="alert">{t(fault === 'refused' ? 'cameraRefused' : 'cameraNone')}</p>
      ) : (
        // What the camera sees has no words.
        <video ref={video} className={css.picture} muted playsInline aria-label={t('camera')} />
      )}
      <p className={css.hint}>{t('cameraHint')}</p>
      {hasTorch && (
        <Button variant="default" leftSection={<IconTorch size={20} aria-hidden />} aria-pressed={isLit} onClick={light}>
          {t('torch')}
        </Button>
      )}
    </Modal>
  );
}
