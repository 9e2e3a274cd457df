import type { PeFacts } from '../../../../shared/model/pe/index.ts';
import { hex } from '../fields/field-list.ts';
import { directory } from '../headers.ts';
import type { Image } from '../image.ts';
import type { Tail } from '../overlay.ts';

export function tailAnomalies(image: Image, certificates: PeFacts['certificateTable'], tail: Tail): void {
  const { headers, sections, view } = image;
  const at = directory(headers, 'certificates')?.at ?? 0;
  const beyond = certificates !== null && certificates.offset + certificates.size > view.length;
  if (beyond) image.anomaly('certificate-table-beyond-file', at, `the certificate table should end at ${hex(certificates.offset + certificates.size)}, the file at ${hex(view.length)}`);
  if (sections.length > 0 && tail.overlay > 0) image.anomaly('overlay', tail.end, `${tail.overlay} bytes lie behind the last section`);
  if (tail.afterCertificates !== null) image.anomaly('data-after-certificates', tail.afterCertificates, `${view.length - tail.afterCertificates} bytes lie behind the certificate table`);
}
