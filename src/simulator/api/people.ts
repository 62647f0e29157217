import { helpCenterAddress } from '../state/addresses.ts';
import { ApiError, notFound } from '../state/api-error.ts';
import type { Call } from './call.ts';
import type { Admin, HelpCenter } from '../state/entities.ts';

const defaultAvatar = 'https://static.intercomassets.com/assets/default-avatars/admins/128.png';

/** The admin whom the token belongs to, with the workspace. */
export function retrieveMe(call: Call): unknown {
  const { workspace, admins } = call.world.settings;
  const admin = admins.find((one) => one.id === call.app.adminId);
  if (admin === undefined) throw new ApiError(401, 'unauthorized', 'Access Token Invalid');
  return {
    type: 'admin',
    id: String(admin.id),
    email: admin.email,
    name: admin.name,
    email_verified: true,
    app: {
      type: 'app',
      id_code: workspace.id,
      name: workspace.name,
      created_at: workspace.createdAt,
      secure: false,
      identity_verification: false,
      timezone: 'Etc/UTC',
      region: workspace.region,
    },
    avatar: { type: 'avatar', image_url: defaultAvatar },
    has_inbox_seat: true,
  };
}

export function listAdmins(call: Call): unknown {
  const admins = call.world.settings.admins.map((one) => adminWire(call, one));
  return { type: 'admin.list', admins };
}

export function retrieveAdmin(call: Call): unknown {
  const admin = call.world.settings.admins.find((one) => String(one.id) === call.ids[0]);
  if (admin === undefined) throw new ApiError(404, 'admin_not_found', 'Admin not found');
  return adminWire(call, admin);
}

/** Not paged, and without a total. */
/** One page holds them all; the official client asks for pages until one is empty. */
export function listHelpCenters(call: Call): unknown {
  const isBehind = Number(call.query.get('page') ?? '1') > 1;
  const rows = isBehind ? [] : call.world.settings.helpCenters;
  return { type: 'list', data: rows.map((one) => helpCenterWire(call, one)) };
}

export function retrieveHelpCenter(call: Call): unknown {
  const found = call.world.settings.helpCenters.find((one) => String(one.id) === call.ids[0]);
  if (found === undefined) throw notFound();
  return helpCenterWire(call, found);
}

function adminWire(call: Call, admin: Admin): Record<string, unknown> {
  const { number } = call.version;
  const pictured = call.query.get('display_avatar') === 'true';
  return {
    type: 'admin',
    email: admin.email,
    id: String(admin.id),
    name: admin.name,
    away_mode_enabled: false,
    away_mode_reassign: false,
    ...(number >= 214 ? { away_status_reason_id: null } : {}),
    has_inbox_seat: !admin.bot,
    team_ids: [],
    team_priority_level: {},
    ...(number >= 216 ? { role: null } : {}),
    ...(pictured ? { avatar: { type: 'avatar', image_url: defaultAvatar } } : {}),
  };
}

function helpCenterWire(call: Call, helpCenter: HelpCenter): Record<string, unknown> {
  const { world, version } = call;
  const { switches, workspace } = world.settings;
  const locales = switches.multilingual ? helpCenter.locales : [helpCenter.defaultLocale];
  return {
    id: String(helpCenter.id),
    workspace_id: workspace.id,
    created_at: helpCenter.createdAt,
    updated_at: helpCenter.updatedAt,
    identifier: helpCenter.identifier,
    website_turned_on: helpCenter.websiteOn,
    display_name: helpCenter.displayName,
    url: helpCenterAddress(world, helpCenter),
    custom_domain: helpCenter.customDomain,
    ...(version.number >= 216 ? { default: helpCenter.id === world.defaultHelpCenter.id, locales } : {}),
  };
}
