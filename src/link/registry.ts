import type { Detector } from './detector.ts';
import { addressRotation } from './detectors/address-rotation.ts';
import { behaviourTwins } from './detectors/behaviour-twins.ts';
import { coActivity } from './detectors/co-activity.ts';
import { modelPivot } from './detectors/model-pivot.ts';
import { promptOverlap } from './detectors/prompt-overlap.ts';
import { rotation } from './detectors/rotation.ts';
import { sharedAddress } from './detectors/shared-address.ts';
import { sharedDevice } from './detectors/shared-device.ts';
import { sharedPayment } from './detectors/shared-payment.ts';
import { sharedTemplate } from './detectors/shared-template.ts';
import { signupBurst } from './detectors/signup-burst.ts';
import { succession } from './detectors/succession.ts';
import { workPartition } from './detectors/work-partition.ts';

export const detectors: readonly Detector[] = [
  sharedPayment,
  signupBurst,
  sharedDevice,
  sharedAddress,
  addressRotation,
  sharedTemplate,
  promptOverlap,
  workPartition,
  coActivity,
  rotation,
  succession,
  modelPivot,
  behaviourTwins,
];
