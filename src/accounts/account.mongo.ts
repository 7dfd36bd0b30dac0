import { Schema } from 'mongoose';
import type { Account } from './store.ts';

export type AccountDocument = Omit<Account, 'id' | 'emailVerified'> & {
  _id: string;
  /** The address folded, as others are compared with it. */
  emailKey: string;
  /** The folded address once it is proven; no other account can have the same. */
  verifiedEmail?: string;
  passwordHash: string;
};

export const accountSchema = new Schema<AccountDocument>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    bio: { type: String, default: '' },
    avatar: { type: String, default: null },
    email: { type: String, required: true },
    emailKey: { type: String, required: true },
    verifiedEmail: { type: String, unique: true, sparse: true },
    passwordHash: { type: String, required: true },
    roles: { type: [String], index: true },
    settings: { type: Schema.Types.Mixed, default: {} },
    joinedAt: { type: String, required: true },
  },
  { versionKey: false, minimize: false },
).index({ emailKey: 1, joinedAt: 1 });
