//! The few things that are done to the disk.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::OutputError;

/// The bytes of a file, if it is there. A link is refused: what is written through it would land elsewhere.
pub fn read(root: &Path, path: &str) -> Result<Option<Vec<u8>>, OutputError> {
    let on_disk = root.join(path);
    match fs::symlink_metadata(&on_disk) {
        Ok(metadata) if metadata.is_file() => fs::read(&on_disk)
            .map(Some)
            .map_err(|error| OutputError::at(path, "read", &error)),
        Ok(_) => Err(OutputError(format!(
            "{path} is in the way: it is a folder or a link. Move it away."
        ))),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(OutputError::at(path, "read", &error)),
    }
}

/// Writes a file so that it is there either as before or as wanted, never in between.
pub fn write(root: &Path, path: &str, contents: &str) -> Result<(), OutputError> {
    let on_disk = root.join(path);
    let failed = |error| OutputError::at(path, "written", &error);
    let (Some(folder), Some(name)) = (on_disk.parent(), on_disk.file_name()) else {
        return Err(OutputError(format!("{path} is no path of a file")));
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let temporary = folder.join(format!(
        ".{}.{}",
        name.to_string_lossy(),
        std::process::id()
    ));
    let written = fs::write(&temporary, contents).and_then(|()| fs::rename(&temporary, &on_disk));
    if written.is_err() {
        // The first error is the one to tell; what cannot be removed either is hidden, and does no harm.
        let _ = fs::remove_file(&temporary);
    }
    written.map_err(failed)
}

/// Removes a file, and the folders that are empty then.
pub fn remove(root: &Path, path: &str) -> Result<(), OutputError> {
    fs::remove_file(root.join(path)).map_err(|error| OutputError::at(path, "removed", &error))?;
    let mut folder = path;
    // `crates` itself stays.
    while let Some((parent, _)) = folder
        .rsplit_once('/')
        .filter(|(parent, _)| parent.contains('/'))
    {
        if fs::remove_dir(root.join(parent)).is_err() {
            break;
        }
        folder = parent;
    }
    Ok(())
}

/// The files below a folder, sorted, hidden ones left out. Links count as files and are not followed.
pub fn files_below(root: &Path, folder: &str) -> Result<Vec<String>, OutputError> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let failed = |error| OutputError::at(&folder, "listed", &error);
        let listing = match fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            listing => listing.map_err(failed)?,
        };
        for entry in listing {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{folder}/{name}");
            if entry.file_type().map_err(failed)?.is_dir() {
                open.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// The folder, of those on the way to a file, that is a link, if one is.
pub fn linked_folder(root: &Path, path: &str) -> Option<String> {
    let ends = path.match_indices('/').map(|(at, _)| at);
    let folders = ends.filter_map(|at| path.get(..at));
    folders.map(str::to_owned).find(|folder| {
        fs::symlink_metadata(root.join(folder)).is_ok_and(|metadata| metadata.is_symlink())
    })
}
